namespace Pvm2.Compare.Tests.Figures;

/// <summary>What the check of documents finds, and what it leaves alone.</summary>
public sealed class FigureCheckTests
{
    private const string Results = """
        command: bench/run.sh
        ### run: another run

        | workload | bare µs |
        |----------|--------:|
        | keccak   |    1.92 |
        | poly     |  12 363 |

        - mean 1.14 (1.12–1.16), 4855 rounds
        """;

    private const string Link = "See [run.txt](../bench/results/run.txt).\n";

    [Theory]
    [InlineData("It takes 1.92 µs.")]
    [InlineData("It takes 1.12 to 1.14 times as long.")]
    [InlineData("That are 4 855 ns, or 4,855 ns.")]
    [InlineData("It takes 12 363 ms.")]
    [InlineData("It takes 1.14\ntimes as long.")]
    public void FiguresOfALinkedFilePass(string text) => Assert.Empty(Check(Link + text));

    [Theory]
    [InlineData("It takes 1.93 µs.", "1.93")]
    [InlineData("It takes 1.12 to 1.2 times as long.", "1.2")]
    [InlineData("It takes\n17\nms.", "17")]
    [InlineData("It is 3 times faster.", "3")]
    [InlineData("It does 20 000 inputs a second.", "20000")]
    [InlineData("It saves 18 % of the time.", "18")]
    [InlineData("The mean × bare 1.22 is another.", "1.22")]
    [InlineData("A 250-ms pause.", "250")]
    [InlineData("It does 17 MB/s.", "17")]
    [InlineData("| a | b |\n|---|---|\n| first | 17 ms |", "17")]
    public void FiguresThatAreNotInALinkedFileAreFound(string text, string number)
    {
        var complaint = Assert.Single(Check(Link + text));
        Assert.EndsWith($": {number} is not in bench/results/run.txt", complaint, StringComparison.Ordinal);
    }

    [Fact]
    public void AFigureWithoutALinkIsFound() => Assert.Equal(
        "docs/page.md:2: 1.92 µs: the section has no link to a results file", Assert.Single(Check("First\nIt takes 1.92 µs.")));

    [Fact]
    public void ALinkIsForItsSectionAlone() => Assert.Equal(
        "docs/page.md:5: 1.92 µs: the section has no link to a results file",
        Assert.Single(Check($"# One\n{Link}\n# Two\nIt takes 1.92 µs.")));

    [Theory]
    [InlineData("x86-64 has 16 registers and 4 GiB, RV64E 16; 2^31 steps of 3 sizes.")]
    [InlineData("```\nIt takes 17 ms.\n```\nText.")]
    [InlineData("A command:\n\n    sleep 17 s\n\nText.")]
    [InlineData("`--time 17 s` says so.")]
    [InlineData("On 27 November 2026, 17:28 UTC.")]
    [InlineData("| page | bytes |\n|---|---|\n| 0 | 4096 |")]
    public void WhatIsNoFigurePasses(string text) => Assert.Empty(Check(text));

    [Fact]
    public void SettingsPass() => Assert.Empty(Check("<!-- settings: 250 ms, 3 % -->\nA pause of 250 ms, and 3 %."));

    [Fact]
    public void ASettingIsForItsOwnWordsAlone() => Assert.Single(Check("<!-- settings: 250 ms -->\nA pause of 250 ms and one of 251 ms."));

    [Fact]
    public void ASettingThatTheSectionLacksIsFound() => Assert.Equal(
        "docs/page.md:1: the section has no 250 ms, which it declares to be a setting",
        Assert.Single(Check("<!-- settings: 250 ms -->\nA pause.")));

    [Theory]
    [InlineData("<!-- from bench/results/run.txt: run -->\n| workload | bare µs |\n|----------|--------:|\n| keccak   |    1.92 |")]
    [InlineData("<!-- from bench/results/run.txt: run -->\n- mean 1.14 (1.12–1.16), 4855 rounds")]
    public void ExcerptsPass(string text) => Assert.Empty(Check(Link + text));

    [Fact]
    public void ARowThatIsNotInTheFileIsFound() => Assert.Equal(
        "docs/page.md:5: not a line of bench/results/run.txt: | keccak   |    1.93 |",
        Assert.Single(Check(
            $"{Link}<!-- from bench/results/run.txt: run -->\n| workload | bare µs |\n|----------|--------:|\n| keccak   |    1.93 |")));

    [Fact]
    public void AnExcerptNeedsALinkForReaders() => Assert.Equal(
        "docs/page.md:1: the section has no link to bench/results/run.txt",
        Assert.Single(Check("<!-- from bench/results/run.txt: run -->\n- mean 1.14 (1.12–1.16), 4855 rounds")));

    [Fact]
    public void AMarkerWithNothingBeneathIsFound() => Assert.Equal(
        "docs/page.md:2: no table or list follows", Assert.Single(Check($"{Link}<!-- from bench/results/run.txt -->\n\nText.")));

    [Theory]
    [InlineData("| guest | time, µs |\n|---|---|\n| a | 17 |")]
    [InlineData("| guest | instructions |\n|---|---|\n| a | **1.92** |")]
    public void ATableOfFiguresWithoutAMarkerIsFound(string table) => Assert.Equal(
        "docs/page.md:2: a table of figures without <!-- from FILE --> above it", Assert.Single(Check(Link + table)));

    [Fact]
    public void AMissingFileIsNamedAndNothingElse()
    {
        var check = new FigureCheck("docs/page.md", static _ => null);
        Assert.Empty(check.Run($"{Link}It takes 17 ms.\n\n<!-- from bench/results/run.txt -->\n| a |\n|---|\n| 3.3 |"));
        Assert.Equal(["bench/results/run.txt"], check.Files);
    }

    private static IReadOnlyList<string> Check(string text) =>
        new FigureCheck("docs/page.md", file => file == "bench/results/run.txt" ? Results : null).Run(text);
}
