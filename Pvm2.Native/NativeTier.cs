using System.Collections.Concurrent;
using Pvm2.Native.Code;
using Pvm2.Native.Compilation;
using Pvm2.Native.Lowering;
using Pvm2.Native.Memory;
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
        : this(new CompilerOptions(CpuFeatures.Detect(), NativeHost.Current?.WriteGsBase ?? false))
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

    /// <summary>Bytes of machine code that the modules of this process take.</summary>
    public static long CodeBytes => NativeHost.Current?.Arena.UsedBytes ?? 0;

    /// <inheritdoc/>
    /// <exception cref="InsufficientMemoryException">The code arena is full.</exception>
    public TierCode Prepare(Module module, GasModel model)
    {
        ArgumentNullException.ThrowIfNull(module);
        if (!_buffers.TryTake(out var buffers))
        {
            buffers = new CompilerBuffers();
        }

        try
        {
            var compiled = ModuleCompiler.Compile(module, model, buffers, _options);
            return NativeCode.Install(module, compiled, buffers.Code.Written, _host);
        }
        finally
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

    /// <inheritdoc/>
    public MemorySource CreateMemorySource(MemoryLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new WindowSource(layout, _host.Windows, _host.Cleaner);
    }
}
