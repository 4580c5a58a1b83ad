namespace Pvm2.TestRunner;

/// <summary>Tests that are left out.</summary>
/// <param name="Name">How the full names of the tests begin: a class, or a method of it.</param>
/// <param name="Reason">Why they are not run here.</param>
internal sealed record Exclusion(string Name, string Reason);
