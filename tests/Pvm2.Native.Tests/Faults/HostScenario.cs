using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pvm2.Native.Tests.Kit;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Interpreter;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.TestKit.Generation;

namespace Pvm2.Native.Tests.Faults;

/// <summary>
/// What goes wrong in a host, in a process that is to die of it: <c>dotnet Pvm2.Native.Tests.dll SCENARIO TIER</c>.
/// Before it, the tier has run guests, faults among them.
/// </summary>
internal static unsafe partial class HostScenario
{
    internal const string Interpreter = "interpreter";
    internal const string Native = "native";

    /// <summary>The scenario of a guest that runs with so many bytes of stack left; they take the tier's place.</summary>
    internal const string StackLeft = "stack-left";

    private const int DeepStackBytes = 512 << 10;
    private const int SegmentationFault = 11;
    private const int QueuedSignal = -1;
    private const int GetThread = 186;
    private const int QueueSignal = 297;

    private static readonly Dictionary<string, Action<ITier>> Scenarios = new()
    {
        ["null-reference"] = CatchNullReferences,
        ["stack-overflow"] = static _ => Overflow(0),
        ["stack-overflow-on-a-thread"] = static _ => OnSmallStack(static () => Overflow(0)),
        ["stack-overflow-in-guests"] = static tier => OnSmallStack(() => RunDeeper(tier, leavesRoom: false)),
        ["guests-on-the-last-of-the-stack"] = static tier => OnSmallStack(() => RunDeeper(tier, leavesRoom: true)),
        ["write-to-address-1"] = static _ => Write((byte*)1),
        ["write-to-nowhere"] = static _ => Write((byte*)0x7FFF_0000_0000),
        ["write-to-code"] = static _ => Write((byte*)(nint)(delegate*<byte*, void>)&Write),
        ["read-window-outside-memory"] = static tier => Read(WindowOf(tier)),
        ["read-window-in-a-host-call"] = ReadWindowInHostCall,
        ["signal-that-looks-like-a-fault"] = SendSignalLikeFault,
        ["exit-quietly"] = static _ => { },
    };

    private static uint FaultProgramData => AddressSpace.StaticDataBase;

    /// <summary>The names of all scenarios.</summary>
    internal static IEnumerable<string> Names => Scenarios.Keys;

    private static int Main(string[] arguments)
    {
        if (arguments is [StackLeft, var bytes])
        {
            RunWithStackLeft(int.Parse(bytes, CultureInfo.InvariantCulture));
            Console.WriteLine("done");
            return 0;
        }

        if (arguments.Length != 2 || !Scenarios.TryGetValue(arguments[0], out var scenario))
        {
            Console.Error.WriteLine($"Usage: SCENARIO TIER, of {string.Join(", ", Names)}; {Interpreter}, {Native}");
            return 64;
        }

        ITier tier = arguments[1] == Native ? new NativeTier() : InterpreterTier.Instance;
        RunGuests(tier, 100);
        scenario(tier);
        RunGuests(tier, 100);
        Console.WriteLine("done");
        return 0;
    }

    /// <summary>Runs guests that fault, on this thread.</summary>
    private static void RunGuests(ITier tier, int count)
    {
        var program = new FaultProgram(Profile.Static, 5);
        var random = new Prng(6);
        using var reference = program.Module.CreateInstance();
        using var instance = program.Module.CreateInstance(new InstanceOptions { Tier = tier });
        for (var i = 0; i < count; i++)
        {
            new ExpectedFault(reference, program.MakeRegisters(random)).Check(instance);
        }
    }

    private static void CatchNullReferences(ITier tier)
    {
        var caught = 0;
        for (var i = 0; i < 100; i++)
        {
            try
            {
                ThrowNullReference(null);
            }
            catch (NullReferenceException)
            {
                caught++;
                RunGuests(tier, 1);
            }
        }

        // One from within a host call goes through the run to the host.
        var calls = new HostCallTable().Register(0, static _ =>
        {
            ThrowNullReference(null);
            return HostCallAction.Halt;
        });
        using var instance = HaltingModule().CreateInstance(new InstanceOptions { Tier = tier, HostCalls = calls });
        try
        {
            instance.Call();
        }
        catch (NullReferenceException)
        {
            caught++;
        }

        Console.WriteLine($"caught {caught}");
    }

    private static void OnSmallStack(Action action)
    {
        var thread = new Thread(() => action(), DeepStackBytes);
        thread.Start();
        thread.Join();
    }

    /// <summary>Runs a guest on every level of a recursion.</summary>
    /// <param name="leavesRoom">Whether it ends while the runtime still promises some stack.</param>
    private static void RunDeeper(ITier tier, bool leavesRoom)
    {
        var program = new FaultProgram(Profile.Static, 5);
        var instance = program.Module.CreateInstance(new InstanceOptions { Tier = tier });
        using var reference = program.Module.CreateInstance();
        var fault = new ExpectedFault(reference, program.MakeRegisters(new Prng(7)));
        Deeper(instance, fault, leavesRoom);
        instance.Dispose();
    }

    /// <summary>Runs a guest that faults when the stack has room for nothing else.</summary>
    private static void RunWithStackLeft(int bytes)
    {
        var tier = new NativeTier();
        var module = FaultingModule();
        var code = tier.Prepare(module, GasModel.None);
        using var memory = tier.CreateMemorySource(module.Memory).Create();

        // The state is this method's own until it is freed, and the memory lives as long.
        var state = (ExecutionState*)NativeMemory.AllocZeroed(ExecutionState.Size);
        state->Window = memory.Window;
        OnSmallStack(() =>
        {
            byte local;
            var here = (ulong)&local;
            var stack = Mapping.OfThisProcess().Single(mapping => mapping.Start <= here && here < mapping.End);
            Enter(code, state, 0);
            Enter(code, state, (int)(here - stack.Start) - bytes);
        });
        Console.WriteLine(state->Reason);
        NativeMemory.Free(state);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte Enter(TierCode code, ExecutionState* state, int filling)
    {
        var filler = stackalloc byte[filling + 1];
        state->ProgramCounter = 0;
        code.Run(state);
        return filler[filling];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Deeper(Instance instance, ExpectedFault fault, bool leavesRoom)
    {
        if (leavesRoom)
        {
            if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            {
                return 0;
            }

            fault.Check(instance);
        }
        else
        {
            instance.Start();
            instance.Run();
        }

        return Deeper(instance, fault, leavesRoom) + 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Overflow(int depth) => Overflow(depth + 1) + depth;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ThrowNullReference(string? text) => text!.Length;

    /// <summary>Writes to memory that nobody owns: that is the point, and the process is to die of it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Write(byte* address) => *address = 1;

    /// <summary>Reads memory that nobody owns: that is the point, and the process is to die of it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Read(byte* address) => Console.WriteLine($"read {*address}");

    /// <summary>Where guest address 0 of an instance lies; nothing lives there that may be touched.</summary>
    private static byte* WindowOf(ITier tier)
    {
        var instance = HaltingModule().CreateInstance(new InstanceOptions { Tier = tier });
        var window = (byte*)GuestWindow.Of(instance);
        _ = GCHandle.Alloc(instance);
        return window;
    }

    private static void ReadWindowInHostCall(ITier tier)
    {
        var calls = new HostCallTable().Register(0, static instance =>
        {
            Read((byte*)GuestWindow.Of(instance));
            return HostCallAction.Halt;
        });
        using var instance = HaltingModule().CreateInstance(new InstanceOptions { Tier = tier, HostCalls = calls });
        instance.Call();
    }

    /// <summary>Sends the signal of a fault to a guest that does nothing wrong, with an address in its window.</summary>
    private static void SendSignalLikeFault(ITier tier)
    {
        using var instance = LoopingModule().CreateInstance(new InstanceOptions { Tier = tier, GasModel = GasModel.None });
        instance.Start();
        var receiver = 0;
        using var cancellation = new CancellationTokenSource();
        var thread = new Thread(() =>
        {
            Volatile.Write(ref receiver, (int)SystemCall(GetThread, 0, 0, 0, 0));
            Console.WriteLine(instance.Run(cancellation.Token).Reason);
        });
        thread.Start();
        SpinWait.SpinUntil(() => Volatile.Read(ref receiver) != 0);
        Thread.Sleep(200);

        // siginfo_t on x86-64 Linux: signal, error, code; the address at 16. It is this method's own.
        var info = stackalloc long[16];
        info[0] = SegmentationFault;
        info[1] = unchecked((uint)QueuedSignal);
        info[2] = (long)GuestWindow.Of(instance);
        SystemCall(QueueSignal, Environment.ProcessId, receiver, SegmentationFault, (nint)info);
        Thread.Sleep(200);
        cancellation.Cancel();
        thread.Join();

        // The runtime may have taken its handler away, in the belief that the fault will come again.
        Environment.Exit(0);
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth);

    private static Module LoopingModule() => ModuleOf(Encoder.Make(Opcode.Jal));

    private static Module HaltingModule() => ModuleOf(Encoder.Make(Opcode.Ecalli));

    private static Module FaultingModule() => ModuleOf(Encoder.Make(Opcode.Ld, 10));

    private static Module ModuleOf(in Instruction instruction)
    {
        var code = new byte[4];
        Encoder.Write(Encoder.Encode(instruction), code.Length, code);
        return Module.Create(new GuestProgram
        {
            Profile = Profile.Static,
            Code = code,
            ReadWriteData = new MemoryRegion(FaultProgramData, AddressSpace.PageSize),
            EntryPoints = [new EntryPoint("main", 0)],
        });
    }
}
