using Pvm2.Guests.Generator.Naming;
using Pvm2.Guests.Generator.Tests.Kit;
using Xunit;

namespace Pvm2.Guests.Generator.Tests;

/// <summary>Entry points, whose names may be any text, and their methods.</summary>
public sealed class NamingTests
{
    [Theory]
    [InlineData("add", "Add")]
    [InlineData("six_arguments", "SixArguments")]
    [InlineData("_start", "Start")]
    [InlineData("alreadyGood", "AlreadyGood")]
    [InlineData("a::b<c>", "ABC")]
    [InlineData("2nd", "_2nd")]
    [InlineData("größe", "Größe")]
    [InlineData("a\u200db", "AB")]
    [InlineData("a\ud835\udc00b", "AB")]
    [InlineData("class", "Class")]
    [InlineData("?!", "")]
    public void Names_become_identifiers(string text, string identifier) =>
        Assert.Equal(identifier, IdentifierMaker.Make(text));

    [Theory]
    [InlineData("Resume")]
    [InlineData("dispose")]
    [InlineData("to_string")]
    [InlineData("sample")]
    [InlineData("instance")]
    [InlineData("loaded_module")]
    [InlineData("!")]
    public void What_the_class_has_itself_gets_another_name(string entry)
    {
        var run = GeneratorRun.Of(ManifestFile.Of(entry));

        Assert.Contains($"Call{IdentifierMaker.Make(entry)}", run.MethodsOf("Sample"));
        Assert.Empty(run.Complaints());
        Assert.Empty(run.Diagnostics);
    }

    [Fact]
    public void Two_entry_points_of_one_name_are_reported()
    {
        var run = GeneratorRun.Of(ManifestFile.Of("add_one", "other", "AddOne"));

        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("PVM2004", diagnostic.Id);
        Assert.Contains("'AddOne' has no method, since 'add_one'", diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal(["Resume", "Dispose", "AddOne", "Other"], run.MethodsOf("Sample"));
        Assert.Empty(run.Complaints());
    }

    /// <summary>Nothing that a guest calls its entry points gets out of the literal or the comment that it stands in.</summary>
    [Theory]
    [InlineData("x\"); System.Environment.Exit(1); //")]
    [InlineData("x\u2028} class Evil {")]
    [InlineData("x\u0085} class Evil {")]
    [InlineData("x</c></summary>&bad;<evil")]
    [InlineData("x\\")]
    [InlineData("x\\u0022")]
    [InlineData("x\r} class Evil {")]
    [InlineData("{0} {{x}}")]
    public void Names_stay_names(string entry)
    {
        var run = GeneratorRun.Of(ManifestFile.Of(entry));

        Assert.Empty(run.Complaints());
        Assert.Single(run.Compilation.GetSymbolsWithName(_ => true, Microsoft.CodeAnalysis.SymbolFilter.Type));
        Assert.Contains(entry, Literals.Of(run.Compilation));
    }
}
