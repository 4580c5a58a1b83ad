using System.ComponentModel;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Memory;
using Pvm2.Runtime.Portable;

namespace Pvm2.Runtime.Saved;

/// <summary>
/// What saved assemblies call. The signatures never change, so that every runtime can tell an assembly that is too
/// old or too new what is wrong, in words.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class SavedGuestSupport
{
    /// <summary>Gives the one guest of an assembly.</summary>
    /// <param name="guest">Where the assembly keeps it.</param>
    /// <param name="type">The class that stands for it.</param>
    /// <param name="abiVersion">The <see cref="PortableAbi.Version"/> that the assembly was compiled for.</param>
    /// <param name="description">The bytes of its <see cref="SavedDescription"/>, valid during the call.</param>
    /// <param name="length">How many there are.</param>
    /// <param name="methods">
    /// A method <c>void (int index, nint* methods)</c> of the assembly, which writes the regions' methods for the gas
    /// model of that index in the description.
    /// </param>
    /// <exception cref="NotSupportedException">The assembly was compiled for another runtime.</exception>
    /// <exception cref="BadImageFormatException">The description is cut short.</exception>
    /// <exception cref="BadImageFormatException">The description is damaged.</exception>
    /// <exception cref="ProgramRejectedException">The program in it breaks a rule.</exception>
    public static SavedGuest GetGuest(
        ref SavedGuest? guest, RuntimeTypeHandle type, int abiVersion, byte* description, int length, nint methods)
    {
        if (Volatile.Read(ref guest) is { } existing)
        {
            return existing;
        }

        if (abiVersion != PortableAbi.Version)
        {
            throw new NotSupportedException(DescribeOtherRuntime(abiVersion));
        }

        // The bytes are part of the assembly's image, which is mapped while its code calls this.
        var content = SavedDescription.Read(new ReadOnlySpan<byte>(description, length));
        var module = Module.Load(content.Container.Span);
        Check(content, module);
        var made = new SavedGuest(content, module, Type.GetTypeFromHandle(type)!, methods);
        return Interlocked.CompareExchange(ref guest, made, null) ?? made;
    }

    /// <summary>Starts an instance at an entry point and runs it until an exit.</summary>
    /// <param name="guest">The guest that has the entry point.</param>
    /// <param name="instance">An instance of its program.</param>
    /// <param name="entry">Name of the entry point.</param>
    /// <exception cref="ArgumentException">The instance is one of another program.</exception>
    /// <exception cref="InvalidOperationException">The instance is running.</exception>
    /// <exception cref="ObjectDisposedException">The instance was disposed.</exception>
    public static Exit Call(
        SavedGuest guest, Instance instance, string entry, ulong a0, ulong a1, ulong a2, ulong a3, ulong a4, ulong a5)
    {
        ArgumentNullException.ThrowIfNull(guest);
        ArgumentNullException.ThrowIfNull(instance);
        if (instance.Module != guest.Module && instance.Module.Hash != guest.Hash)
        {
            throw new ArgumentException("The instance is one of another program.", nameof(instance));
        }

        return instance.Call(entry, a0, a1, a2, a3, a4, a5);
    }

    internal static string DescribeOtherRuntime(int abiVersion) =>
        $"the guest was compiled for version {abiVersion} of the interface between code and Pvm2.Runtime, and this "
            + $"runtime has version {PortableAbi.Version}; compile it again with the pvm2 of this runtime";

    /// <summary>The code reads and writes where these numbers say, without asking again.</summary>
    private static void Check(SavedDescription content, Module module)
    {
        if (!IsSame(content.Readable, module.Memory.MainReadable) || !IsSame(content.Writable, module.Memory.MainWritable))
        {
            throw new NotSupportedException(
                "the guest was compiled for a runtime that lays memory out differently; compile it again with the pvm2 of this runtime");
        }

        foreach (var regions in content.Regions)
        {
            foreach (var entries in regions.Entries)
            {
                foreach (var block in entries)
                {
                    if ((uint)block >= (uint)module.Blocks.Count)
                    {
                        throw new BadImageFormatException($"The saved guest has code for block {block}, which there is none of.");
                    }
                }
            }
        }
    }

    private static bool IsSame(AddressRange one, AddressRange other) => one.Start == other.Start && one.End == other.End;
}
