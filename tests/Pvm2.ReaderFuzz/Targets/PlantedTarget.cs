using Pvm2.Runtime.Programs;

namespace Pvm2.ReaderFuzz.Targets;

/// <summary>A reader with a defect, to see that defects are found: it takes any container but the smallest one for broken.</summary>
internal sealed class PlantedTarget : IReaderTarget
{
    private readonly ContainerTarget _containers = new();

    /// <inheritdoc/>
    public string Name => "planted";

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds(string root) => [_containers.Seeds(root).MinBy(bytes => bytes.Length)!];

    /// <inheritdoc/>
    public void Check(byte[] bytes)
    {
        if (ProgramReader.TryRead(bytes, out var program, out _))
        {
            Require.That(program.Stack.Size is 0 or >= 8192, "the planted defect");
        }
    }
}
