using System.Reflection;
using System.Reflection.Emit;

namespace Pvm2.IlJit.Lowering;

/// <summary>
/// Takes the IL of one region's method, <c>static long (ExecutionState* state, int entry)</c>, instruction by
/// instruction. The operation codes of System.Reflection.Emit are the vocabulary of all sinks.
/// </summary>
internal interface ICodeSink
{
    /// <summary>Adds a local variable.</summary>
    /// <param name="type">A primitive type, or a pointer to one.</param>
    /// <returns>Its number, ascending from 0.</returns>
    int DeclareLocal(Type type);

    /// <summary>Makes a label, which is to be marked once.</summary>
    CodeLabel DefineLabel();

    /// <summary>Places a label before the next instruction.</summary>
    void Mark(CodeLabel label);

    /// <summary>Emits an instruction without an operand.</summary>
    void Emit(OpCode code);

    /// <summary>Emits <c>ldarg</c>.</summary>
    void LoadArgument(int argument);

    /// <summary>Emits <c>starg</c>.</summary>
    void StoreArgument(int argument);

    /// <summary>Emits <c>ldloc</c>, in its shortest form.</summary>
    void LoadLocal(int local);

    /// <summary>Emits <c>stloc</c>, in its shortest form.</summary>
    void StoreLocal(int local);

    /// <summary>Emits <c>ldc.i4</c>, in its shortest form.</summary>
    void LoadInt32(int value);

    /// <summary>Emits <c>ldc.i8</c>.</summary>
    void LoadInt64(long value);

    /// <summary>Emits a branch, in its long form.</summary>
    void Branch(OpCode code, CodeLabel target);

    /// <summary>Emits <c>switch</c>.</summary>
    void Switch(ReadOnlySpan<CodeLabel> targets);

    /// <summary>Emits <c>call</c> of a public static method of Pvm2.Runtime or the base class library.</summary>
    void Call(MethodInfo method);

    /// <summary>
    /// Emits <c>tail. calli</c> of a region's method and <c>ret</c>: on the stack are state, entry and the method.
    /// </summary>
    void TailCallRegion();
}
