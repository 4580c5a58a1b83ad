namespace Pvm2.Cli.Listing;

/// <summary>A machine instruction as text.</summary>
/// <param name="Text">Position, bytes and instruction.</param>
/// <param name="Target">The name of where it jumps to; empty where it does not jump or nothing there has a name.</param>
internal readonly record struct MachineLine(string Text, string Target);
