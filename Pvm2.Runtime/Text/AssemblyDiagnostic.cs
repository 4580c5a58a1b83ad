using System.Globalization;

namespace Pvm2.Runtime.Text;

/// <summary>Something wrong in an assembly source.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column in characters, from 1.</param>
/// <param name="Message">What is wrong and, where that is known, what to write instead.</param>
public sealed record AssemblyDiagnostic(int Line, int Column, string Message)
{
    /// <summary>The diagnostic in the form <c>line:column: message</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Line}:{Column}: {Message}");
}
