namespace Pvm2.Guests.Tests;

/// <summary>A call of an entry point by name, and what it must leave in a0.</summary>
/// <param name="Guest">The guest's name.</param>
/// <param name="Entry">The entry point's name.</param>
/// <param name="Result">What a0 must hold at the halt.</param>
/// <param name="Arguments">The values of a0 and the registers after it.</param>
internal sealed record EntryCall(string Guest, string Entry, ulong Result, ulong[] Arguments);
