using System.Diagnostics.CodeAnalysis;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Pvm2.Runtime.Saved;

/// <summary>What a <see cref="SavedGuestAttribute"/> says, read without running anything of the assembly.</summary>
internal sealed record SavedGuestHeader(int AbiVersion, string ProgramHash, string TypeName)
{
    private const ushort Prolog = 1;

    /// <summary>Looks for the attribute in a file of any content.</summary>
    /// <param name="file">The file, from its start; left open.</param>
    /// <param name="header">What the attribute says.</param>
    /// <param name="reason">Why there is none.</param>
    public static bool TryRead(
        Stream file, [NotNullWhen(true)] out SavedGuestHeader? header, [NotNullWhen(false)] out string? reason)
    {
        header = null;
        reason = "it is no .NET assembly";
        try
        {
            using var image = new PEReader(file, PEStreamOptions.LeaveOpen);
            if (image.HasMetadata)
            {
                var metadata = image.GetMetadataReader();
                header = metadata.IsAssembly ? Find(metadata) : null;
                reason = header is null ? "it is an assembly that holds no guest" : null;
            }
        }
        catch (Exception exception) when (exception is BadImageFormatException or OverflowException or ArgumentException or InvalidOperationException)
        {
            // The reason is set.
        }

        return header is not null;
    }

    private static SavedGuestHeader? Find(MetadataReader metadata)
    {
        foreach (var handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
        {
            var attribute = metadata.GetCustomAttribute(handle);
            if (IsSavedGuestAttribute(metadata, attribute.Constructor))
            {
                return Read(metadata.GetBlobReader(attribute.Value));
            }
        }

        return null;
    }

    private static bool IsSavedGuestAttribute(MetadataReader metadata, EntityHandle constructor)
    {
        if (constructor.Kind != HandleKind.MemberReference)
        {
            return false;
        }

        var parent = metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent;
        if (parent.Kind != HandleKind.TypeReference)
        {
            return false;
        }

        var type = metadata.GetTypeReference((TypeReferenceHandle)parent);
        return metadata.StringComparer.Equals(type.Namespace, typeof(SavedGuestAttribute).Namespace!)
            && metadata.StringComparer.Equals(type.Name, nameof(SavedGuestAttribute));
    }

    private static SavedGuestHeader? Read(BlobReader value)
    {
        if (value.ReadUInt16() != Prolog)
        {
            return null;
        }

        var abiVersion = value.ReadInt32();
        return value.ReadSerializedString() is { } hash && value.ReadSerializedString() is { } typeName
            ? new SavedGuestHeader(abiVersion, hash, typeName)
            : null;
    }
}
