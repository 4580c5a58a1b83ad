using System.Runtime.CompilerServices;
using Pvm2.Native;

namespace Pvm2.FaultProbe;

/// <summary>Page faults of guests, null references of the host and garbage collections, on several threads at once.</summary>
internal static class FaultTurns
{
    private const int Threads = 4;
    private const int Rounds = 5000;
    private const int RoundsPerCollection = 500;

    /// <summary>Prints how many of both there were.</summary>
    /// <returns>The process's exit code: 0 if every fault went where it belongs.</returns>
    public static int Run()
    {
        var module = FaultingGuest.LoadModule();
        var tier = new NativeTier();
        var (faults, exceptions) = (0, 0);
        var threads = new List<Thread>();
        for (var i = 0; i < Threads; i++)
        {
            var seed = (uint)i;
            threads.Add(new Thread(() =>
            {
                using var guest = FaultingGuest.Create(module, tier);
                for (var round = 0u; round < Rounds; round++)
                {
                    Interlocked.Add(ref faults, guest.FaultsAt(((seed + round) * 0x9E37_79B9) | 0x8000_0000) ? 1 : 0);
                    Interlocked.Add(ref exceptions, CatchesNullReference(null) ? 1 : 0);
                    if (round % RoundsPerCollection == 0)
                    {
                        GC.Collect();
                    }
                }
            }));
        }

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Console.WriteLine($"{faults} page faults, {exceptions} null references");
        return faults == Threads * Rounds && exceptions == Threads * Rounds ? 0 : 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool CatchesNullReference(string? text)
    {
        try
        {
            return text!.Length < 0;
        }
        catch (NullReferenceException)
        {
            return true;
        }
    }
}
