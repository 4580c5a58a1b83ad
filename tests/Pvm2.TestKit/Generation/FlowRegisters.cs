using Pvm2.Runtime.Isa;

namespace Pvm2.TestKit.Generation;

/// <summary>Which registers a <see cref="FlowGuest"/> keeps for its own control flow; what is left is for data.</summary>
/// <param name="Stack">Points to the frame of the function.</param>
/// <param name="Link">Where a function returns to: a handle, or an address in xjar.</param>
/// <param name="Base">Points to the memory that accesses go to.</param>
/// <param name="Choice">A number that changes at each choice of a way.</param>
/// <param name="Fuel">How many more jumps back there may be.</param>
/// <param name="Scratch">For addresses, at the end of a block and within a step.</param>
/// <param name="Data">All others.</param>
internal sealed record FlowRegisters(int Stack, int Link, int Base, int Choice, int Fuel, int Scratch, RegisterSet Data)
{
    // The host changes a0, so nothing of this may be there.
    private const int HostRegister = 10;

    internal static FlowRegisters Choose(Prng random, Profile profile)
    {
        var rest = (profile == Profile.Static ? RegisterSet.WithoutGlobalAndThreadPointer : RegisterSet.All).Without(HostRegister);
        var chosen = new int[6];
        for (var i = 0; i < chosen.Length; i++)
        {
            // Often those of the calling convention.
            chosen[i] = i < 2 && random.Chance(2, 3) && rest.Contains(2 - i) ? 2 - i : rest.Pick(random);
            rest = rest.Without(chosen[i]);
        }

        return new FlowRegisters(chosen[0], chosen[1], chosen[2], chosen[3], chosen[4], chosen[5], rest.With(HostRegister));
    }
}
