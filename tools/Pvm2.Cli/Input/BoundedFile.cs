using System.Diagnostics.CodeAnalysis;

namespace Pvm2.Cli.Input;

/// <summary>Reads whole files that nobody vouches for.</summary>
internal static class BoundedFile
{
    /// <summary>
    /// The most bytes of an input file: more than the largest code that xjar allows together with generous data.
    /// </summary>
    public const int MaxSize = 512 << 20;

    private const int FirstBuffer = 1 << 16;
    private const int WriteBuffer = 1 << 16;

    /// <summary>Reads a file that may be a pipe or a device, and gives up as soon as it is too large.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">All of its bytes.</param>
    /// <param name="failure">Why it cannot be read.</param>
    /// <param name="limit">The most bytes to accept.</param>
    public static bool TryRead(
        string path,
        out ReadOnlyMemory<byte> bytes,
        [NotNullWhen(false)] out CommandFailure? failure,
        int limit = MaxSize)
    {
        bytes = default;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return TryReadAll(path, stream, limit, out bytes, out failure);
        }
        catch (Exception exception) when (IsFileTrouble(exception))
        {
            failure = Describe(path, exception);
            return false;
        }
    }

    /// <summary>Opens a file to be read bit by bit, of whatever size it is.</summary>
    public static bool TryOpen(
        string path,
        int bufferSize,
        [NotNullWhen(true)] out Stream? stream,
        [NotNullWhen(false)] out CommandFailure? failure) =>
        TryMake(
            path,
            () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize),
            out stream,
            out failure);

    /// <summary>Makes a file, in place of one that is there already, to be written bit by bit.</summary>
    public static bool TryCreate(
        string path, [NotNullWhen(true)] out Stream? stream, [NotNullWhen(false)] out CommandFailure? failure) =>
        TryMake(
            path,
            () => new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, WriteBuffer),
            out stream,
            out failure);

    /// <summary>Writes a whole file.</summary>
    public static bool TryWrite(
        string path, ReadOnlySpan<byte> bytes, [NotNullWhen(false)] out CommandFailure? failure)
    {
        try
        {
            File.WriteAllBytes(path, bytes);
            failure = null;
            return true;
        }
        catch (Exception exception) when (IsFileTrouble(exception))
        {
            failure = Describe(path, exception);
            return false;
        }
    }

    /// <summary>
    /// Writes a whole file beside the one of that name and then puts it in its place, so that nobody ever finds a part.
    /// </summary>
    /// <param name="path">The file, or a link to it; a device is written to as it is.</param>
    /// <param name="write">Writes all of it.</param>
    /// <param name="failure">Why it cannot be written.</param>
    public static bool TryReplace(string path, Action<Stream> write, [NotNullWhen(false)] out CommandFailure? failure) =>
        TryWithTarget(
            path,
            target =>
            {
                if (IsDevice(target))
                {
                    // Who reads the other end of a pipe has it open too.
                    Write(path, write, FileShare.ReadWrite);
                }
                else
                {
                    Replace(target, write);
                }
            },
            out failure);

    /// <summary>Whether a file can be replaced, found out before there is anything to write.</summary>
    /// <param name="path">As for <see cref="TryReplace"/>.</param>
    /// <param name="failure">Why it cannot.</param>
    public static bool TryPrepareToReplace(string path, [NotNullWhen(false)] out CommandFailure? failure) =>
        TryWithTarget(
            path,
            static target =>
            {
                if (Directory.Exists(target))
                {
                    throw new IOException("it is a folder");
                }

                if (!IsDevice(target))
                {
                    var part = PartOf(target);
                    Write(part, static _ => { }, FileShare.None);
                    File.Delete(part);
                }
            },
            out failure);

    private static bool TryMake(
        string path,
        Func<Stream> make,
        [NotNullWhen(true)] out Stream? stream,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        try
        {
            stream = make();
            failure = null;
            return true;
        }
        catch (Exception exception) when (IsFileTrouble(exception))
        {
            stream = null;
            failure = Describe(path, exception);
            return false;
        }
    }

    /// <summary>Does something with the file that a name, or a link, leads to.</summary>
    private static bool TryWithTarget(string path, Action<string> act, [NotNullWhen(false)] out CommandFailure? failure)
    {
        try
        {
            act((File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? path);
            failure = null;
            return true;
        }
        catch (Exception exception) when (IsFileTrouble(exception))
        {
            failure = Describe(path, exception);
            return false;
        }
    }

    /// <summary>Whether a name is one of those that must stay what they are, whoever may replace them.</summary>
    private static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows() && Path.GetFullPath(path).Split('/') is ["", "dev" or "proc", ..];

    private static string PartOf(string path) => $"{path}.{Environment.ProcessId}.part";

    private static void Replace(string path, Action<Stream> write)
    {
        var part = PartOf(path);
        try
        {
            Write(part, write, FileShare.None);
            File.Move(part, path, overwrite: true);
        }
        catch (Exception exception) when (IsFileTrouble(exception) && File.Exists(part))
        {
            File.Delete(part);
            throw;
        }
    }

    private static void Write(string path, Action<Stream> write, FileShare share)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, share, WriteBuffer);
        write(stream);
    }

    private static bool TryReadAll(
        string path,
        FileStream stream,
        int limit,
        out ReadOnlyMemory<byte> bytes,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        var expected = stream.CanSeek ? Math.Min(stream.Length, limit) : 0;
        var buffer = new byte[Math.Max(expected + 1, FirstBuffer)];
        var length = 0;
        while (length <= limit)
        {
            var count = stream.Read(buffer, length, buffer.Length - length);
            if (count == 0)
            {
                bytes = buffer.AsMemory(0, length);
                failure = null;
                return true;
            }

            length += count;
            if (length == buffer.Length && length <= limit)
            {
                Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, (long)limit + 1));
            }
        }

        bytes = default;
        failure = new CommandFailure(ExitCode.LimitExceeded, $"{path}: is larger than the limit of {limit} bytes");
        return false;
    }

    private static bool IsFileTrouble(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    private static CommandFailure Describe(string path, Exception exception)
    {
        var reason = exception switch
        {
            FileNotFoundException or DirectoryNotFoundException => "no such file or directory",
            UnauthorizedAccessException => Directory.Exists(path) ? "is a directory" : "access denied",
            _ => exception.Message,
        };
        return new CommandFailure(ExitCode.InputOutput, $"{path}: {reason}");
    }
}
