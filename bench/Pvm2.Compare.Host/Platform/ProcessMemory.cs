using System.Buffers.Text;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Pvm2.Compare.Host.Platform;

/// <summary>The memory of this process that is in RAM.</summary>
/// <param name="Resident">Bytes now.</param>
/// <param name="Peak">Bytes at their most since <see cref="BeginNewPeak"/>, or since the start where the system begins no new one.</param>
internal readonly unsafe record struct ProcessMemory(long Resident, long Peak)
{
    private const string StatusFile = "/proc/self/status";
    private const string ResetFile = "/proc/self/clear_refs";
    private const string ResetOfPeak = "5";
    private const int BytesOfUnit = 1024;

    /// <summary>Asks the system: on Linux what it calls VmRSS and VmHWM.</summary>
    public static ProcessMemory Read()
    {
        if (OperatingSystem.IsLinux())
        {
            return Parse(File.ReadAllBytes(StatusFile));
        }

        using var process = Process.GetCurrentProcess();
        return new ProcessMemory(process.WorkingSet64, process.PeakWorkingSet64);
    }

    /// <summary>
    /// Gives the system what .NET and the C library have freed and kept for later, so that what is resident is in use, and
    /// what is made next is not put where others have been.
    /// </summary>
    public static void ReturnFreed()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, "malloc_trim", out var trim))
        {
            // int malloc_trim(size_t), of the GNU C library: keeps no more than so many bytes at the top.
            _ = ((delegate* unmanaged<nuint, int>)trim)(0);
        }
    }

    /// <summary>Lets the system forget the peak, where it can.</summary>
    public static void BeginNewPeak()
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                File.WriteAllText(ResetFile, ResetOfPeak);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Some sandboxes keep this file from their programs. The peak is then that since the start, as documented.
        }
    }

    /// <summary>Reads the text of <c>/proc/self/status</c>.</summary>
    /// <exception cref="InvalidDataException">A number is missing.</exception>
    public static ProcessMemory Parse(ReadOnlySpan<byte> status) => new(Find(status, "\nVmRSS:"u8), Find(status, "\nVmHWM:"u8));

    private static long Find(ReadOnlySpan<byte> status, ReadOnlySpan<byte> name)
    {
        var place = status.IndexOf(name);
        var rest = place < 0 ? default : status[(place + name.Length)..].TrimStart(" \t"u8);
        return Utf8Parser.TryParse(rest, out long number, out _)
            ? number * BytesOfUnit
            : throw new InvalidDataException($"There is no memory in {StatusFile}.");
    }
}
