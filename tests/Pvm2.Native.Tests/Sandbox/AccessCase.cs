using Pvm2.Runtime.Isa;

namespace Pvm2.Native.Tests.Sandbox;

/// <summary>An address that is formed, an access that uses it, and another one.</summary>
/// <param name="Form">How the address comes about.</param>
/// <param name="Opcode">The access.</param>
/// <param name="Pointer">Its base register.</param>
/// <param name="Source">The register from which the address is formed; the pointer itself where it is not.</param>
/// <param name="Data">What is loaded or stored.</param>
/// <param name="Immediate">The offset.</param>
/// <param name="SecondImmediate">The offset of the second access, a load of a byte into x0.</param>
internal sealed record AccessCase(
    AddressForm Form, Opcode Opcode, int Pointer, int Source, int Data, int Immediate, int SecondImmediate)
{
    internal IEnumerable<Instruction> Instructions =>
    [
        .. Form.Emit(Pointer, Source),
        Opcode < Opcode.Sb
            ? Encoder.Make(Opcode, Data, Pointer, 0, Immediate)
            : Encoder.Make(Opcode, 0, Pointer, Data, Immediate),
        Encoder.Make(Opcode.Lb, 0, Pointer, 0, SecondImmediate),
    ];
}
