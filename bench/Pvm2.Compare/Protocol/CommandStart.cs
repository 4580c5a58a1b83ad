using System.ComponentModel;
using System.Diagnostics;

namespace Pvm2.Compare.Protocol;

/// <summary>Starts the commands that hold engines.</summary>
internal static class CommandStart
{
    /// <summary>Prepares a command whose standard output and error are read.</summary>
    /// <param name="command">A program and its arguments.</param>
    public static ProcessStartInfo Prepare(IReadOnlyList<string> command) =>
        new(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };

    /// <summary>Starts a command.</summary>
    /// <exception cref="EngineMissingException">There is no such program, or the system cannot start it.</exception>
    public static Process Start(ProcessStartInfo command)
    {
        if (string.IsNullOrWhiteSpace(command.FileName))
        {
            throw new EngineMissingException("the program that holds it is not given; bench/compare.sh builds ours and gives it as --host.");
        }

        try
        {
            return Process.Start(command) ?? throw new EngineException($"{command.FileName} does not start.");
        }
        catch (Win32Exception e)
        {
            throw new EngineMissingException($"{command.FileName} cannot be started: {new Win32Exception(e.NativeErrorCode).Message}.", e);
        }
    }
}
