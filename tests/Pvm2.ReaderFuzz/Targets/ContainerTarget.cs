using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Text;

namespace Pvm2.ReaderFuzz.Targets;

/// <summary>Containers: what is accepted is the one container of its program, and can be priced and listed.</summary>
internal sealed class ContainerTarget : IReaderTarget
{
    /// <inheritdoc/>
    public string Name => "container";

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds(string root) =>
    [
        .. SeedFiles.Read(root, "bench/guests/built/static", "*.pvm2"),
        .. SeedFiles.Read(root, "bench/guests/built/xjar", "*.pvm2"),
    ];

    /// <inheritdoc/>
    public void Check(byte[] bytes)
    {
        if (!ProgramReader.TryRead(bytes, out var program, out var error))
        {
            Require.That(error.Reason.Length != 0, "a refusal has a reason");
            return;
        }

        Require.That(ProgramWriter.Write(program).AsSpan().SequenceEqual(bytes), "a program has one container");
        if (!Module.TryCreate(program, out var module, out error))
        {
            Require.That(error.Reason.Length != 0, "a refusal has a reason");
            return;
        }

        _ = module.Price(GasModel.Pipeline);
        Require.That(Disassembler.Disassemble(program).Length != 0, "a program can be listed");
    }
}
