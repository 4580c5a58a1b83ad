using Pvm2.Runtime.Programs;

namespace Pvm2.ReaderFuzz.Targets;

/// <summary>
/// A reader with a defect, to see that defects are found: it takes one of 16 changes of the smallest container's code for
/// broken.
/// </summary>
internal sealed class PlantedTarget : IReaderTarget
{
    private const int Planted = 7;

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
            var sum = 0;
            foreach (var octet in program.Code.Span)
            {
                sum += octet;
            }

            Require.That(sum % 16 != Planted, "the planted defect");
        }
    }
}
