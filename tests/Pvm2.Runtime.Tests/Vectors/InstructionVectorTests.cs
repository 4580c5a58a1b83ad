using Pvm2.Runtime.Isa;
using Pvm2.TestKit.Tiers;
using Pvm2.TestKit.Vectors;
using Xunit;

namespace Pvm2.Runtime.Tests.Vectors;

public sealed class InstructionVectorTests
{
    public static TheoryData<string, string> TiersAndFiles()
    {
        var data = new TheoryData<string, string>();
        foreach (var tier in TierRegistry.Names)
        {
            foreach (var file in VectorFile.Names)
            {
                data.Add(tier, file);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(TiersAndFiles))]
    public void Every_line_of_a_file_holds(string tier, string file)
    {
        var runner = new VectorRunner(TierRegistry.Create(tier));
        var problems = new List<string>();
        var runs = 0;
        foreach (var vector in VectorFile.Read(file))
        {
            foreach (var profile in vector.Profiles)
            {
                runs++;
                problems.AddRange(runner.Run(vector, profile));
            }
        }

        Assert.True(runs > 30, $"{file} has only {runs} cases.");
        Assert.True(problems.Count == 0, $"{problems.Count} problems:\n{string.Join('\n', problems.Take(50))}");
    }

    [Fact]
    public void Every_row_of_the_instruction_table_has_a_line()
    {
        var seen = new HashSet<byte>();
        foreach (var vector in VectorFile.Names.SelectMany(VectorFile.Read))
        {
            seen.Add(VectorProgram.Build(vector, vector.Profiles[0]).Instruction.Row);
        }

        var missing = InstructionTable.Rows[1..].ToArray().Where(row => !seen.Contains(row.Row)).Select(row => row.Mnemonic);
        Assert.Equal([], missing);
    }

    [Fact]
    public void An_instruction_is_what_its_line_says()
    {
        foreach (var vector in VectorFile.Names.SelectMany(VectorFile.Read))
        {
            var written = vector.Instruction.Split(' ')[0];
            var encoded = VectorProgram.Build(vector, vector.Profiles[0]).Instruction.Encoding.Mnemonic;
            Assert.True(Synonyms.GetValueOrDefault(written, written) == encoded, $"{vector.Place}: {written} became {encoded}");
        }
    }

    [Fact]
    public void The_list_of_files_is_complete()
    {
        var files = Directory.GetFiles(TestKit.Repository.PathOf(VectorFile.Folder), "*.txt").Select(Path.GetFileName);
        Assert.Equal(VectorFile.Names.Order(), files.Order());
    }

    private static readonly Dictionary<string, string> Synonyms = new()
    {
        ["nop"] = "addi",
        ["fence.tso"] = "fence",
    };
}
