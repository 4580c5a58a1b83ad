namespace Pvm2.Runtime.Execution;

/// <summary>
/// The host calls that the <c>pvm2</c> command and the guest headers agree on. Arguments are in a0, a1, a2 and the
/// result goes to a0; an address counts modulo 2^32, as everywhere.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>0, halt</term><description>a0 is the result; does not return.</description></item>
/// <item><term>1, write</term><description>
/// a0: descriptor, 1 for output or 2 for errors; a1: address; a2: length. Result: the length; −1 if the guest cannot
/// read the bytes; −2 if there is no such descriptor.
/// </description></item>
/// <item><term>2, read</term><description>
/// a0: address; a1: length. Result: the number of bytes read, 0 only at the end of the input or for a length of 0;
/// −1 if the guest cannot write all of the bytes.
/// </description></item>
/// <item><term>3, gas left</term><description>Result: gas left after this call was charged, or all ones if nothing is
/// metered.</description></item>
/// </list>
/// Bytes move between the streams and guest memory without a copy, so no number that a guest gives is allocated.
/// </remarks>
/// <param name="input">What guests read.</param>
/// <param name="output">Descriptor 1.</param>
/// <param name="error">Descriptor 2.</param>
public sealed class DefaultHost(Stream input, Stream output, Stream error)
{
    /// <summary>Ends the run.</summary>
    public const int HaltSelector = 0;

    /// <summary>Writes bytes.</summary>
    public const int WriteSelector = 1;

    /// <summary>Reads bytes.</summary>
    public const int ReadSelector = 2;

    /// <summary>Tells how much gas is left.</summary>
    public const int GasLeftSelector = 3;

    /// <summary>The result for bytes that the guest may not access.</summary>
    public const ulong BadAddress = ulong.MaxValue;

    /// <summary>The result for a descriptor that does not exist.</summary>
    public const ulong BadDescriptor = ulong.MaxValue - 1;

    private const int A0 = 10;
    private const int A1 = 11;
    private const int A2 = 12;

    /// <summary>Makes a table of these host calls.</summary>
    public HostCallTable CreateTable() => new HostCallTable()
        .Register(HaltSelector, static _ => HostCallAction.Halt)
        .Register(WriteSelector, caller => Answer(caller, Write(caller)))
        .Register(ReadSelector, caller => Answer(caller, Read(caller)))
        .Register(GasLeftSelector, caller => Answer(caller, caller.GasLeft ?? ulong.MaxValue));

    private static HostCallAction Answer(Instance caller, ulong result)
    {
        caller.Registers[A0] = result;
        return HostCallAction.Continue;
    }

    private ulong Write(Instance caller)
    {
        var stream = caller.Registers[A0] switch
        {
            1 => output,
            2 => error,
            _ => null,
        };
        if (stream is null)
        {
            return BadDescriptor;
        }

        if (!caller.Memory.TryGetSpan((uint)caller.Registers[A1], caller.Registers[A2], out var bytes))
        {
            return BadAddress;
        }

        stream.Write(bytes);
        return (uint)bytes.Length;
    }

    private ulong Read(Instance caller) =>
        caller.Memory.TryGetWritableSpan((uint)caller.Registers[A0], caller.Registers[A1], out var bytes)
            ? (uint)input.Read(bytes)
            : BadAddress;
}
