using System.Diagnostics.CodeAnalysis;
using Pvm2.Cli.Input;
using Pvm2.Cli.Output;

namespace Pvm2.Cli.Running;

/// <summary>Opens what a guest reads through the default host.</summary>
internal static class GuestInput
{
    private const int BufferSize = 1 << 16;

    /// <summary>Opens the input that a request asks for; it is empty where none is.</summary>
    public static bool TryOpen(
        RunRequest request,
        CommandOutput output,
        CancellationToken cancellation,
        [NotNullWhen(true)] out Stream? input,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        if (request.InputFile is not null)
        {
            return BoundedFile.TryOpen(request.InputFile, BufferSize, out input, out failure);
        }

        failure = null;
        input = request.ReadsStandardInput
            ? new BufferedStream(new CancellableInput(output.Input, cancellation), BufferSize)
            : Stream.Null;
        return true;
    }
}
