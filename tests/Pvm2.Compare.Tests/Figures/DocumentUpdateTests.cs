using Pvm2.Measuring.Documents;

namespace Pvm2.Compare.Tests.Figures;

/// <summary>Documents that get the tables of new results.</summary>
public sealed class DocumentUpdateTests
{
    private static readonly string[] Results =
        ["- first", "### run, native: one", "", "| a |", "|---|", "| 1 |", "| 2 |", "", "- mean 3", "  of 4", "", "### run, il", "", "| a |", "|---|", "| 5 |"];

    [Fact]
    public void ATableAndAListBecomeThoseOfTheirHeading()
    {
        const string Before = "x\n<!-- from f.txt: run, native -->\n| a |\n|---|\n| 9 |\n\n<!-- from f.txt: run, native -->\n- mean 9\n\n<!-- from f.txt: run, il -->\n| b |\n\nend\n";
        const string After = "x\n<!-- from f.txt: run, native -->\n| a |\n|---|\n| 1 |\n| 2 |\n\n<!-- from f.txt: run, native -->\n- mean 3\n  of 4\n\n<!-- from f.txt: run, il -->\n| a |\n|---|\n| 5 |\n\nend\n";
        Assert.Equal(After, Renew(Before, out var missing));
        Assert.Empty(missing);
        Assert.Equal(After, Renew(After, out _));
    }

    [Fact]
    public void WithoutAHeadingItIsTheFirstOfTheFile() =>
        Assert.Equal("<!-- from f.txt -->\n- first", Renew("<!-- from f.txt -->\n- old", out _));

    [Theory]
    [InlineData("<!-- from g.txt -->\n| old |")]
    [InlineData("<!-- from f.txt: run -->\n| old |")]
    [InlineData("<!-- from f.txt: run, il -->\n- old")]
    [InlineData("<!-- from f.txt -->\n\n| old |")]
    public void WhatIsNotInTheFileStaysAndIsReported(string text)
    {
        Assert.Equal(text, Renew(text, out var missing));
        Assert.Single(missing);
    }

    private static string Renew(string text, out List<Excerpt> missing)
    {
        var reports = new List<Excerpt>();
        missing = reports;
        return DocumentUpdate.Renew(text, file => file == "f.txt" ? Results : [], reports.Add);
    }
}
