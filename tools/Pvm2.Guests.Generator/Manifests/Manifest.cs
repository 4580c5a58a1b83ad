using Pvm2.Guests.Generator.Model;

namespace Pvm2.Guests.Generator.Manifests;

/// <summary>What <c>pvm2 manifest</c> writes of a program; docs/guests-in-dotnet.md has the format.</summary>
/// <param name="Sha256">The program's hash, 64 hexadecimal digits.</param>
/// <param name="Entries">The names of its entry points, the default one first.</param>
internal sealed record Manifest(string Sha256, EquatableArray<string> Entries);
