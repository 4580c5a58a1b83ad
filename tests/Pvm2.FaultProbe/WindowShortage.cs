using Pvm2.Native;

namespace Pvm2.FaultProbe;

/// <summary>Instances until there is no room for one more, and again when all are gone.</summary>
internal static class WindowShortage
{
    /// <summary>Prints whether it went as it should.</summary>
    /// <returns>0 if a shortage is an exception that a host can catch, and leaves nothing behind.</returns>
    public static int Run()
    {
        var tier = new NativeTier();
        var first = Count(tier);
        var second = Count(tier);
        Console.WriteLine(first > 0 && first == second ? "as many as before" : $"first {first}, then {second}");
        return first > 0 && first == second ? 0 : 1;
    }

    private static int Count(NativeTier tier)
    {
        var module = FaultingGuest.LoadModule();
        var guests = new List<FaultingGuest>();
        try
        {
            while (true)
            {
                guests.Add(FaultingGuest.Create(module, tier));
            }
        }
        catch (InsufficientMemoryException)
        {
            return guests.All(guest => guest.FaultsAt(0x8000_0000)) ? guests.Count : -1;
        }
        finally
        {
            guests.ForEach(guest => guest.Dispose());
        }
    }
}
