using Microsoft.Win32.SafeHandles;

namespace Pvm2.Cli.Output;

/// <summary>Opens the process's standard output so that a reader who has gone is noticed.</summary>
internal static class StandardOutput
{
    private const int BufferSize = 1 << 16;
    private const int Descriptor = 1;
    private const int BrokenPipe = 32;

    /// <summary>Opens standard output, buffered where it is no terminal.</summary>
    public static Stream Open() =>
        Console.IsOutputRedirected ? new BufferedStream(OpenUnbuffered(), BufferSize) : Console.OpenStandardOutput();

    /// <summary>Whether a write failed because nobody reads the pipe any more.</summary>
    public static bool IsBrokenPipe(Exception exception) =>
        !OperatingSystem.IsWindows() && exception is IOException { HResult: BrokenPipe };

    /// <summary>
    /// The console's own stream takes writes to a closed pipe for done, and a guest that prints for ever would never
    /// end; a file stream fails. But it writes at a position of its own, so it is for pipes alone: a file may be the
    /// standard error too, whose writes it would overwrite.
    /// </summary>
    private static Stream OpenUnbuffered()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        var handle = new SafeFileHandle(Descriptor, ownsHandle: false);
        var stream = new FileStream(handle, FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }
}
