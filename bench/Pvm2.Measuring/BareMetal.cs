using System.Runtime.InteropServices;

namespace Pvm2.Measuring;

/// <summary>A workload compiled by clang -O2 for this machine, called in this process.</summary>
public sealed unsafe class BareMetal
{
    private readonly delegate* unmanaged<uint> _main;

    private BareMetal(delegate* unmanaged<uint> main) => _main = main;

    /// <summary>Loads a library built by <c>bench/guests/build.sh --native</c>, if it is there.</summary>
    public static BareMetal? TryLoad(string path) =>
        NativeLibrary.TryLoad(path, out var library) && NativeLibrary.TryGetExport(library, "guest_main", out var main)
            ? new BareMetal((delegate* unmanaged<uint>)main)
            : null;

    /// <summary>Runs the workload.</summary>
    /// <returns>Its checksum.</returns>
    public uint Run() => _main();
}
