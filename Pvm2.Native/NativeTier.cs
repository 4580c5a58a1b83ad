using System.Collections.Concurrent;
using System.Diagnostics;
using Pvm2.Native.Code;
using Pvm2.Native.Compilation;
using Pvm2.Native.Inspection;
using Pvm2.Native.Memory;
using Pvm2.Runtime.Diagnostics;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Memory;

namespace Pvm2.Native;

/// <summary>The tier that compiles a module to x86-64 machine code, whole and at once. Safe for use by many threads.</summary>
public sealed class NativeTier : ITier
{
    private readonly NativeHost _host;
    private readonly CompilerOptions _options;
    private readonly ConcurrentBag<CompilerBuffers> _buffers = [];

    /// <summary>Makes the tier.</summary>
    /// <exception cref="PlatformNotSupportedException">It cannot run here; <see cref="Support"/> tells beforehand.</exception>
    public NativeTier()
        : this(CompilerOptions.ForThisMachine())
    {
    }

    /// <summary>Makes the tier with less than the machine offers, so that the ways around it can be tested.</summary>
    internal NativeTier(CompilerOptions options)
    {
        _host = NativeHost.Current ?? throw new PlatformNotSupportedException(NativeHost.Reason);
        _options = options;
    }

    /// <summary>Whether the tier can run in this process.</summary>
    public static NativeSupport Support => new(NativeHost.Current is not null, NativeHost.Reason);

    /// <inheritdoc/>
    public string Name => "native";

    /// <inheritdoc/>
    public bool NeedsWindow => true;

    /// <summary>
    /// Told of all code that this tier installs, so that a profiler can name it; null for no one. Whoever made it
    /// disposes of it, after the last use of the tier.
    /// </summary>
    public PerfMap? PerfMap { get; init; }

    /// <summary>Bytes of machine code that the modules of this process take.</summary>
    public static long CodeBytes => NativeHost.Current?.Arena.UsedBytes ?? 0;

    /// <inheritdoc/>
    /// <exception cref="InsufficientMemoryException">The code arena is full.</exception>
    /// <exception cref="IOException">The perf map cannot be written.</exception>
    public TierCode Prepare(Module module, GasModel model)
    {
        ArgumentNullException.ThrowIfNull(module);
        var started = Stopwatch.GetTimestamp();
        var buffers = TakeBuffers();
        try
        {
            var compiled = ModuleCompiler.Compile(module, model, buffers, _options);
            var code = NativeCode.Install(module, compiled, buffers.Code.Written, _host, PerfMap is not null);
            PerfMap?.Add(module, PartCollector.Collect(module, compiled, buffers), code.Start);
            EngineEvents.Log.Compiled(Name, module, model, module.Blocks.Count, buffers.Code.Written.Length, started);
            return code;
        }
        finally
        {
            ReturnBuffers(buffers);
        }
    }

    /// <summary>Compiles a module to look at its machine code; nothing is installed.</summary>
    /// <param name="module">The module.</param>
    /// <param name="model">The gas model to charge by.</param>
    /// <exception cref="InsufficientMemoryException">The code is larger than the arena could hold.</exception>
    public MachineCode Inspect(Module module, GasModel model)
    {
        ArgumentNullException.ThrowIfNull(module);
        var buffers = TakeBuffers();
        try
        {
            var compiled = ModuleCompiler.Compile(module, model, buffers, _options);
            return new MachineCode(
                buffers.Code.Written.ToArray(), PartCollector.Collect(module, compiled, buffers));
        }
        finally
        {
            ReturnBuffers(buffers);
        }
    }

    /// <inheritdoc/>
    public MemorySource CreateMemorySource(MemoryLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new WindowSource(layout, _host.Windows, _host.Cleaner);
    }

    private CompilerBuffers TakeBuffers() => _buffers.TryTake(out var buffers) ? buffers : new CompilerBuffers();

    private void ReturnBuffers(CompilerBuffers buffers)
    {
        if (buffers.IsWorthKeeping)
        {
            buffers.Clear();
            _buffers.Add(buffers);
        }
        else
        {
            buffers.Dispose();
        }
    }
}
