using Pvm2.Runtime.Execution;

namespace Pvm2.TestKit.Generation;

/// <summary>What can be done with any guest.</summary>
public static class GuestExtensions
{
    /// <summary>Starts an instance of the guest's program with the guest's registers.</summary>
    public static void Start(this IGuest guest, Instance instance)
    {
        ArgumentNullException.ThrowIfNull(guest);
        ArgumentNullException.ThrowIfNull(instance);
        instance.Start();
        for (var register = 1; register < guest.Registers.Count; register++)
        {
            instance.Registers[register] = guest.Registers[register];
        }
    }
}
