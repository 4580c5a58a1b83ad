using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Text;
using Pvm2.TestKit;
using Pvm2.TestKit.Vectors;
using Xunit;

namespace Pvm2.Runtime.Tests.Vectors;

public sealed class GasVectorTests
{
    [Fact]
    public void Every_block_costs_what_its_line_says()
    {
        var problems = new List<string>();
        var opcodes = new HashSet<Opcode>();
        foreach (var vector in GasVector.ReadAll())
        {
            var module = Load(vector);
            var blocks = module.Blocks.Count;
            var end = blocks > 1 ? (int)module.Blocks.Starts[1] : module.Program.Code.Length;
            for (var offset = 0; offset < end;)
            {
                var instruction = Decoder.Decode(module.Program.Code.Span, offset, vector.Profile);
                opcodes.Add(instruction.Opcode);
                offset += instruction.Length;
            }

            var cost = module.Price(GasModel.Pipeline)[0];
            if (cost != vector.Cost)
            {
                problems.Add($"{vector.Place}: costs {cost}, not {vector.Cost}: {vector.Block}");
            }
        }

        Assert.True(problems.Count == 0, $"{problems.Count} problems:\n{string.Join('\n', problems.Take(30))}");

        // ecall and ebreak, of which the gas model does not speak, are the only ones without a line.
        Assert.Equal([Opcode.Ecall, Opcode.Ebreak], Enum.GetValues<Opcode>().Except(opcodes).Where(opcode => opcode != Opcode.Illegal));
    }

    [ToolFact("python3")]
    public void The_file_is_what_the_generator_writes()
    {
        var output = ExternalTool.Find("python3").Run(Repository.PathOf($"{GasVector.Folder}/generate.py"), "--check");
        Assert.Equal(string.Empty, output);
    }

    private static Module Load(GasVector vector)
    {
        var code = vector.Block.Replace(";", "\n", StringComparison.Ordinal);
        var table = vector.Profile == Profile.Static ? ".table table, start" : string.Empty;
        var source = $".option norvc\n{table}\nstart: {code}\nnext: trap\n";
        var assembly = Assembler.Assemble(source, new AssemblerOptions { Profile = vector.Profile, Compress = false });
        Assert.True(assembly.Succeeded, $"{vector.Place}: {string.Join("; ", assembly.Diagnostics)}");

        var codePages = vector.Profile == Profile.Xjar ? 1u : 0u;
        var size = (vector.Pages - codePages) * AddressSpace.PageSize;
        var program = new GuestProgram
        {
            Profile = vector.Profile,
            Code = assembly.Program.Code,
            JumpTables = assembly.Program.JumpTables,
            EntryPoints = assembly.Program.EntryPoints,
            Heap = size == 0 ? MemoryRegion.None : new MemoryRegion(AddressSpace.DataBase, size),
        };
        Assert.True(Module.TryCreate(program, out var module, out var error), $"{vector.Place}: {error}");
        return module;
    }
}
