using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.TestKit.Generation;

namespace Pvm2.IlJit.Tests.Lowering;

/// <summary>Programs much larger than a method may be: random loops, branches, tables, calls and accesses.</summary>
internal static class LargeGuest
{
    /// <summary>Makes one.</summary>
    /// <param name="profile">Its profile.</param>
    /// <param name="instructions">At least so many.</param>
    internal static Module Create(Profile profile, int instructions)
    {
        var random = new Prng(1);
        var options = new GeneratorOptions
        {
            Profile = profile,
            Registers = profile == Profile.Static ? RegisterSet.WithoutGlobalAndThreadPointer : RegisterSet.All,
        };
        var generator = new NodeGenerator(random, options, options.Registers.Pick(random));
        var builder = new CodeBuilder();
        while (builder.Count < instructions)
        {
            // A piece at a time, so that branches reach their targets.
            var end = builder.NewLabel();
            new NodeEmitter(builder, end).Emit(generator.Program(200));
            builder.EmitTo(end, Encoder.Make(Opcode.Jal));
            builder.Mark(end);
            builder.Emit(Encoder.Make(Opcode.Fallthrough));
        }

        builder.Emit(Encoder.Make(Opcode.Trap));
        var code = builder.Build();
        return Module.Create(new GuestProgram
        {
            Profile = profile,
            Code = code.Bytes,
            JumpTables = JumpTables.Create(code.Tables),
            ReadWriteData = new RandomLayout(random, profile).ReadWriteData,
            EntryPoints = [new EntryPoint("main", 0)],
        });
    }
}
