using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.TestKit.Tiers;

namespace Pvm2.Runtime.Tests.Fuzzing;

/// <summary>The reference tier with a mistake: one instruction does what another one does, or something costs too much.</summary>
/// <param name="from">The instruction.</param>
/// <param name="to">What it does; the same, for no mistake.</param>
/// <param name="extraGas">Gas that is taken besides at each host call, if there is so much.</param>
internal sealed class PlantedTier(Opcode from, Opcode to, ulong extraGas = 0) : ITier
{
    public string Name => "planted";

    internal static TierEntry Entry(Opcode from, Opcode to, ulong extraGas = 0) =>
        new("planted", () => new PlantedTier(from, to, extraGas), IsSupported: true);

    public TierCode Prepare(Module module, GasModel model) =>
        new Code(TierRegistry.Reference.Create().Prepare(Module.Create(WithMistake(module.Program)), model), extraGas);

    private GuestProgram WithMistake(GuestProgram program)
    {
        var code = program.Code.ToArray();
        for (var offset = 0; offset < code.Length;)
        {
            var instruction = Decoder.Decode(code, offset, program.Profile);
            if (instruction.Opcode == from && instruction.Length == 4)
            {
                var wrong = Encoder.Make(to, instruction.Rd, instruction.Rs1, instruction.Rs2, instruction.Immediate);
                Encoder.Write(Encoder.Encode(wrong), instruction.Length, code.AsSpan(offset));
            }

            offset += instruction.Length;
        }

        return new GuestProgram
        {
            Profile = program.Profile,
            Code = code,
            JumpTables = program.JumpTables,
            ReadOnlyData = program.ReadOnlyData,
            Stack = program.Stack,
            ReadWriteData = program.ReadWriteData,
            Heap = program.Heap,
            EntryPoints = program.EntryPoints,
        };
    }

    private sealed unsafe class Code(TierCode code, ulong extraGas) : TierCode
    {
        public override void Run(ExecutionState* state)
        {
            code.Run(state);
            if (state->Reason == ExitReason.HostCall && state->Gas >= extraGas)
            {
                state->Gas -= extraGas;
            }
        }
    }
}
