using Pvm2.Runtime.Programs;

namespace Pvm2.TestKit.Generation;

/// <summary>Any program and the registers that it starts with, without the structure that it was made by.</summary>
/// <param name="Seed">The seed of the guest that it was made of.</param>
/// <param name="Program">The program.</param>
/// <param name="Registers">x0 to x15.</param>
/// <param name="AlwaysEnds">Whether every run with enough gas ends.</param>
public sealed record PlainGuest(ulong Seed, GuestProgram Program, IReadOnlyList<ulong> Registers, bool AlwaysEnds) : IGuest
{
    /// <inheritdoc/>
    public int Instructions => LiftedProgram.Of(Program).Instructions.Count;

    /// <summary>The same guest without its structure.</summary>
    public static PlainGuest Of(IGuest guest)
    {
        ArgumentNullException.ThrowIfNull(guest);
        return new PlainGuest(guest.Seed, guest.Program, guest.Registers, guest.AlwaysEnds);
    }

    /// <summary>Takes out instructions, tables, memory and values of registers.</summary>
    public IGuest Shrink(Func<IGuest, bool> shows) => new GuestShrinker(shows).Shrink(this);
}
