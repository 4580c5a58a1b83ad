using Xunit.Abstractions;

namespace Pvm2.TestRunner;

/// <summary>Tests that are left out.</summary>
/// <param name="Name">How the full names of their methods begin: a class, or a method of it.</param>
/// <param name="Reason">Why they are not run here.</param>
internal sealed record Exclusion(string Name, string Reason)
{
    /// <summary>Whether it leaves a test out.</summary>
    public bool Covers(ITestCase test) => PortableTests.FullName(test).StartsWith(Name, StringComparison.Ordinal);
}
