using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Pvm2.IlJit.Lowering;
using Pvm2.IlJit.Regions;
using Pvm2.Runtime.Execution;

namespace Pvm2.IlJit.Dynamic;

/// <summary>A region compiled by RyuJIT. Its code lives as long as this object.</summary>
internal sealed unsafe class DynamicRegion
{
    private static readonly Type[] Parameters = [typeof(ExecutionState*), typeof(int)];

    // Keeps the method's code alive; the bare pointer does not.
    private readonly DynamicMethod _method;

    private DynamicRegion(DynamicMethod method, nint address, int size)
    {
        _method = method;
        Address = address;
        Size = size;
    }

    /// <summary>Where the method is called.</summary>
    internal nint Address { get; }

    /// <summary>Bytes of IL.</summary>
    internal int Size { get; }

    /// <summary>Compiles a region; RyuJIT does so at full optimisation and once.</summary>
    internal static DynamicRegion Compile(LoweringInput input, Region region)
    {
        var method = new DynamicMethod(
            $"region{region.Number}", typeof(long), Parameters, typeof(DynamicRegion).Module) { InitLocals = false };
        var generator = method.GetILGenerator();
        RegionLowering.Lower(input, region, new DynamicSink(generator));

        // Compiles the method here and now; otherwise the run that enters it first would wait for that.
        var handle = HandleOf(method);
        RuntimeHelpers.PrepareMethod(handle);
        return new DynamicRegion(method, handle.GetFunctionPointer(), generator.ILOffset);
    }

    /// <summary>
    /// The handle of a dynamic method. The framework has it and shows no public way to it; delegates, the public way
    /// to call such a method, take six times as long as a pointer.
    /// </summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "GetMethodDescriptor")]
    private static extern RuntimeMethodHandle HandleOf(DynamicMethod method);
}
