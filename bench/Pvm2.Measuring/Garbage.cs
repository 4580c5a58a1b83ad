namespace Pvm2.Measuring;

/// <summary>What earlier measurements leave behind.</summary>
public static class Garbage
{
    /// <summary>Frees what is garbage, and waits until it is free: machine code is given back by finalizers.</summary>
    public static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
