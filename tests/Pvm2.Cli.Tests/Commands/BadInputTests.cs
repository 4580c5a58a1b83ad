using Pvm2.Cli.Tests.Kit;
using Xunit;

namespace Pvm2.Cli.Tests.Commands;

/// <summary>Files that are not what they should be: each kind has its message and its code, on every command.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("run")]
    [InlineData("inspect")]
    [InlineData("validate")]
    [InlineData("disasm")]
    public void A_missing_file_is_no_defect(string command) =>
        Expect(ExitCode.InputOutput, "no such file", command, _folder.At("missing.pvm2"));

    [Fact]
    public void A_folder_is_no_file() => Expect(ExitCode.InputOutput, "is a directory", "run", _folder.At("."));

    [Fact]
    public void A_name_with_a_zero_is_no_file() => Expect(ExitCode.InputOutput, "a\\u0000b", "run", "a\0b");

    [Theory]
    [InlineData("run")]
    [InlineData("inspect")]
    [InlineData("validate")]
    [InlineData("disasm")]
    public void Empty_and_random_bytes_are_no_program(string command)
    {
        Expect(ExitCode.InvalidProgram, "Header at 0x0", command, _folder.Write("empty", []));
        Expect(ExitCode.InvalidProgram, "Header at 0x0 (01234567)", command, _folder.Write("random", [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0x00]));
    }

    [Fact]
    public void A_container_cut_off_anywhere_is_refused()
    {
        var bytes = Assemble(Sources.Print);
        for (var length = 0; length < bytes.Length; length++)
        {
            Expect(ExitCode.InvalidProgram, " at 0x", "validate", _folder.Write("cut.pvm2", bytes.AsSpan(0, length)));
        }
    }

    [Fact]
    public void A_container_with_any_bit_flipped_is_run_or_refused_but_never_a_defect()
    {
        var bytes = Assemble(Sources.Print);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var flipped = bytes.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            var file = _folder.Write("flipped.pvm2", flipped);
            foreach (var command in (string[])["inspect", "disasm"])
            {
                ExpectNoDefect(CommandHarness.Run(command, file), bit);
            }

            ExpectNoDefect(CommandHarness.Run("run", file, "--gas", "10000", "--json"), bit);
        }
    }

    [Fact]
    public void A_broken_rule_is_named_with_section_offset_bytes_and_reason()
    {
        var file = _folder.Write("bad.pvm2", Sources.BadBranch());

        var result = CommandHarness.Run("validate", file, "--json");

        Assert.Equal(ExitCode.InvalidProgram, result.Code);
        Assert.False(result.Json.GetProperty("valid").GetBoolean());
        Assert.Equal(20, result.Json.GetProperty("exitCode").GetInt32());
        var error = result.Json.GetProperty("error");
        Assert.Equal("invalidProgram", error.GetProperty("kind").GetString());
        var detail = Assert.Single(error.GetProperty("details").EnumerateArray());
        Assert.Equal("code", detail.GetProperty("section").GetString());
        Assert.Equal(8, detail.GetProperty("offset").GetInt64());
        Assert.Equal("e30e00fe", detail.GetProperty("bytes").GetString());
        Assert.NotEqual(string.Empty, detail.GetProperty("reason").GetString());
        Expect(ExitCode.InvalidProgram, "Code at 0x8 (e30e00fe): ", "run", file);
    }

    [Fact]
    public void A_program_that_breaks_a_rule_is_listed_all_the_same()
    {
        var result = CommandHarness.Run("disasm", _folder.Write("bad.pvm2", Sources.BadBranch()));

        Assert.Equal(ExitCode.InvalidProgram, result.Code);
        Assert.Contains("li", result.Output, StringComparison.Ordinal);
        Assert.Contains("Code at 0x8", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_assembly_is_named_by_line_and_column()
    {
        var file = _folder.Write("bad.s", "main:\n    frobnicate a0\n    li q7, 1\n");

        var result = CommandHarness.Run("run", file, "--json");

        Assert.Equal(ExitCode.AssemblyError, result.Code);
        Assert.Contains("cannot be assembled", result.Error, StringComparison.Ordinal);
        Assert.Contains("bad.s:2:5: ", result.Error, StringComparison.Ordinal);
        var detail = result.Json.GetProperty("error").GetProperty("details")[0];
        Assert.Equal(2, detail.GetProperty("line").GetInt32());
        Assert.Equal(5, detail.GetProperty("column").GetInt32());
    }

    [Fact]
    public void Assembly_must_be_text() =>
        Expect(ExitCode.AssemblyError, "is not UTF-8 text", "run", _folder.Write("bad.s", [0xff, 0xfe]));

    [Fact]
    public void An_elf_cut_off_anywhere_is_refused_or_linked_but_never_a_defect()
    {
        var bytes = File.ReadAllBytes(Repository.GuestElf("hello"));
        for (var length = 4; length < bytes.Length; length += Math.Max(1, bytes.Length / 97))
        {
            var result = CommandHarness.Run("validate", _folder.Write("cut.elf", bytes.AsSpan(0, length)));

            Assert.Equal(ExitCode.LinkError, result.Code);
            Assert.Contains("cannot be linked", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_no_elf_cannot_be_linked()
    {
        var target = _folder.At("out.pvm2");

        Expect(ExitCode.LinkError, "cannot be linked", "link", _folder.Write("a.elf", "hello"), "-o", target);

        Assert.False(File.Exists(target));
    }

    [Fact]
    public void A_folder_that_does_not_exist_takes_no_output() =>
        Expect(
            ExitCode.InputOutput,
            "no such file or directory",
            "asm", _folder.Write("a.s", Sources.Answer), "-o", _folder.At("missing/out.pvm2"));

    [Fact]
    public void A_missing_input_is_told_before_the_guest_runs() =>
        Expect(
            ExitCode.InputOutput, "missing.txt", "run", _folder.Write("a.s", Sources.Print), "--input", _folder.At("missing.txt"));

    private static void Expect(ExitCode code, string message, params string[] arguments)
    {
        var result = CommandHarness.Run(arguments);

        Assert.Equal(code, result.Code);
        Assert.StartsWith("pvm2: error: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    private static void ExpectNoDefect(CommandResult result, int bit)
    {
        Assert.True(result.Code != ExitCode.InternalError, $"bit {bit}: {result.Error}");
        Assert.True(Enum.IsDefined(result.Code), $"bit {bit}: {result.Code}");
    }

    private byte[] Assemble(string source)
    {
        var container = _folder.At("whole.pvm2");
        Assert.Equal(ExitCode.Success, CommandHarness.Run("asm", _folder.Write("whole.s", source), "-o", container).Code);
        return File.ReadAllBytes(container);
    }
}
