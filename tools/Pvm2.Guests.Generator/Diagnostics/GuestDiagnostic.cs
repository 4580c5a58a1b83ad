using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Pvm2.Guests.Generator.Emission;

namespace Pvm2.Guests.Generator.Diagnostics;

/// <summary>A diagnostic as a value: equal to another that says the same.</summary>
/// <param name="Rule">The kind.</param>
/// <param name="File">The guest's file.</param>
/// <param name="First">The first argument of the message.</param>
/// <param name="Second">The second argument of the message.</param>
internal sealed record GuestDiagnostic(DiagnosticDescriptor Rule, string File, string First, string Second = "")
{
    /// <summary>What the compiler reports. Texts of the guest are escaped: they end up on terminals.</summary>
    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        Rule,
        Location.Create(File, default, default(LinePositionSpan)),
        CSharpText.Escape(First),
        CSharpText.Escape(Second));
}
