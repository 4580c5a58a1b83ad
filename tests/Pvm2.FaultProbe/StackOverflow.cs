using System.Runtime.CompilerServices;
using Pvm2.Native;

namespace Pvm2.FaultProbe;

/// <summary>A host that runs out of stack after its guest has faulted: the runtime has to report it as ever.</summary>
internal static class StackOverflow
{
    /// <summary>Does not return.</summary>
    public static int Run()
    {
        using (var guest = FaultingGuest.Create(FaultingGuest.LoadModule(), new NativeTier()))
        {
            Console.WriteLine(guest.FaultsAt(0x8000_0000) ? "the guest faulted" : "the guest did not fault");
        }

        return Descend(1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Descend(int depth) => depth == 0 ? 0 : Descend(depth + 1) + depth;
}
