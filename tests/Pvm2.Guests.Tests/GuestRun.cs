using System.Text;
using Pvm2.Runtime.Execution;
using Pvm2.TestKit.States;

namespace Pvm2.Guests.Tests;

/// <summary>An instance of a guest on the default host, with the host's streams in memory.</summary>
internal sealed class GuestRun : IDisposable
{
    private const ulong PlentyOfGas = 1_000_000_000;
    private const int ResultRegister = 10;

    private readonly MemoryStream _input;
    private readonly MemoryStream _output = new();
    private readonly MemoryStream _error = new();
    private readonly Instance _instance;

    /// <summary>Makes an instance of a module.</summary>
    /// <param name="module">The module.</param>
    /// <param name="tier">What runs it.</param>
    /// <param name="input">What the guest reads.</param>
    public GuestRun(Module module, ITier tier, string input = "")
    {
        _input = new MemoryStream(Encoding.UTF8.GetBytes(input));
        var host = new DefaultHost(_input, _output, _error);
        _instance = module.CreateInstance(
            new InstanceOptions { Gas = PlentyOfGas, HostCalls = host.CreateTable(), Tier = tier });
    }

    /// <summary>What a0 holds.</summary>
    public ulong Result => _instance.Registers[ResultRegister];

    /// <summary>Gas used by all calls.</summary>
    public ulong GasUsed => _instance.GasUsed ?? throw new InvalidOperationException("The instance is not metered.");

    /// <summary>A copy of registers, memory and gas.</summary>
    public MachineState State => MachineState.Of(_instance);

    /// <summary>What the guest wrote to its standard output.</summary>
    public string Output => Encoding.UTF8.GetString(_output.ToArray());

    /// <summary>What the guest wrote to its standard error.</summary>
    public string Error => Encoding.UTF8.GetString(_error.ToArray());

    /// <summary>Calls an entry point, by default the program's own.</summary>
    public ExitReason Call(string? entry = null, params ReadOnlySpan<ulong> arguments) =>
        _instance.Call(entry, arguments).Reason;

    /// <inheritdoc/>
    public void Dispose()
    {
        _instance.Dispose();
        _input.Dispose();
        _output.Dispose();
        _error.Dispose();
    }
}
