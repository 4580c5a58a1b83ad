namespace Pvm2.Runtime.Text.Parsing;

/// <summary>A place in an assembly source; lines and columns count from 1.</summary>
internal readonly record struct SourcePosition(int Line, int Column);
