using Pvm2.Guests.Generator.Diagnostics;

namespace Pvm2.Guests.Generator.Model;

/// <summary>What came of an item: a class, unless something is wrong, and what there is to report.</summary>
internal sealed record GuestOutcome(GuestClass? Class, EquatableArray<GuestDiagnostic> Diagnostics);
