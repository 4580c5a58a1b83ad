using System.Globalization;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Benchmarks;

/// <summary>
/// What a program costs before any tier sees it: decoding, pricing, finding the blocks, and loading as a whole, in
/// nanoseconds an instruction of the code. Every guest in the repository, in both profiles, and a long program.
/// </summary>
/// <remarks>
/// Columns: <c>decode</c> steps by the length that <see cref="Decoder"/> gives, <c>read</c> walks with
/// <see cref="InstructionReader"/>; <c>price</c> is <see cref="BlockPricer"/> on decoded instructions; <c>map</c> the
/// basic blocks, <c>costs</c> the table of prices with decoding, <c>load</c> a module from its container.
/// </remarks>
internal static class LoadRun
{
    private const int Rounds = 41;
    private const int WarmUps = 200;
    private const int LongProgram = 164_000;
    private static readonly TimeSpan RoundTime = TimeSpan.FromMicroseconds(300);

    /// <summary>Measures and prints.</summary>
    /// <param name="paths">Further containers to measure.</param>
    public static void Run(ReadOnlySpan<string> paths)
    {
        var guests = new List<LoadedGuest>();
        foreach (var kind in (ReadOnlySpan<string>)["static", "xjar"])
        {
            guests.AddRange(Directory.GetFiles(Workload.FolderOf(kind), "*.pvm2").Order(StringComparer.Ordinal).Select(path => new LoadedGuest(kind, path)));
            guests.Add(LoadedGuest.Repeat(Path.Combine(Workload.FolderOf(kind), "interpreter.pvm2"), kind, LongProgram));
        }

        foreach (var path in paths)
        {
            guests.Add(new LoadedGuest("given", path));
        }

        WarmUp(guests);
        Console.WriteLine($"- {Machine.Describe()}");
        Console.WriteLine($"- medians of {Rounds} rounds");
        Console.WriteLine();
        Console.WriteLine("### before any tier, nanoseconds an instruction of the code");
        Console.WriteLine();
        var table = new TextTable("guest", "instr.", "blocks", "decode", "read", "price", "map", "costs", "load");
        var all = guests.Select(guest => Measure(guest, table)).ToArray();
        var counts = guests.Select(guest => (double)guest.Instructions.Length).ToArray();
        var none = TextTable.Figure(double.NaN);
        table.Add(["all, by instr.", none, none, .. Enumerable.Range(0, 6).Select(i => Figure(all.Zip(counts, (times, n) => times[i] * n).Sum() / counts.Sum()))]);
        table.WriteTo(Console.Out);
    }

    private static void WarmUp(List<LoadedGuest> guests)
    {
        // The second half comes when the background compiler has had its time.
        for (var half = 0; half < 2; half++)
        {
            foreach (var guest in guests.Where(guest => guest.Instructions.Length < LongProgram))
            {
                for (var i = 0; i < WarmUps; i++)
                {
                    RunAll(guest);
                }
            }

            Thread.Sleep(500);
        }
    }

    private static void RunAll(LoadedGuest guest)
    {
        Decode(guest);
        Read(guest);
        Price(guest);
        BuildMap(guest);
        ComputeCosts(guest);
        Load(guest);
    }

    private static double[] Measure(LoadedGuest guest, TextTable table)
    {
        var times = Stopwatches.Medians(
            Rounds,
            () => Repeat(guest, Decode),
            () => Repeat(guest, Read),
            () => Repeat(guest, Price),
            () => Repeat(guest, BuildMap),
            () => Repeat(guest, ComputeCosts),
            () => Repeat(guest, Load));
        var nanoseconds = times.Select(time => time / guest.Instructions.Length).ToArray();
        table.Add([
            guest.Name, guest.Instructions.Length.ToString(CultureInfo.InvariantCulture),
            guest.Blocks.Count.ToString(CultureInfo.InvariantCulture), .. nanoseconds.Select(Figure)]);
        return nanoseconds;
    }

    /// <summary>The time of a thousand times an action, which is repeated until the clock can tell.</summary>
    private static TimeSpan Repeat(LoadedGuest guest, Action<LoadedGuest> action)
    {
        var times = 0;
        var total = TimeSpan.Zero;
        for (var batch = 1; total < RoundTime; batch *= 2)
        {
            total += Stopwatches.Of(() =>
            {
                for (var i = 0; i < batch; i++)
                {
                    action(guest);
                }
            });
            times += batch;
        }

        return total * (1000.0 / times);
    }

    private static void Decode(LoadedGuest guest)
    {
        var code = guest.Program.Code.Span;
        var profile = guest.Program.Profile;
        var sum = 0;
        for (var offset = 0; offset < code.Length;)
        {
            var instruction = Decoder.Decode(code, offset, profile);
            sum += instruction.Immediate + (int)instruction.Opcode + instruction.Rd;
            offset += instruction.Length;
        }

        guest.Result = (ulong)sum;
    }

    private static void Read(LoadedGuest guest)
    {
        var reader = new InstructionReader(guest.Program.Code.Span, guest.Program.Profile);
        var sum = 0;
        while (!reader.IsAtEnd)
        {
            var instruction = reader.Read();
            sum += instruction.Immediate + (int)instruction.Opcode + instruction.Rd;
        }

        guest.Result = (ulong)sum;
    }

    private static void Price(LoadedGuest guest)
    {
        var pricer = new BlockPricer(guest.Program, GasModel.Pipeline);
        var sum = 0UL;
        var next = 0;
        foreach (var length in guest.BlockLengths)
        {
            pricer.Start();
            foreach (ref readonly var instruction in guest.Instructions.AsSpan(next, length))
            {
                pricer.Add(instruction);
            }

            sum += pricer.Cost;
            next += length;
        }

        guest.Result = sum;
    }

    private static void BuildMap(LoadedGuest guest) =>
        guest.Result = (ulong)BasicBlockMap.Build(guest.Program.Code.Span, guest.Program.Profile).Count;

    private static void ComputeCosts(LoadedGuest guest) =>
        guest.Result = BlockCosts.Compute(guest.Program, guest.Blocks, GasModel.Pipeline)[0];

    private static void Load(LoadedGuest guest) => guest.Result = (ulong)Module.Load(guest.Container).Blocks.Count;

    private static string Figure(double value) => TextTable.Figure(value, 2);
}
