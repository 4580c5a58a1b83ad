using System.Globalization;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Benchmarks;

/// <summary>
/// Which two instructions follow each other most often, by which the interpreter's fused handlers were chosen. Every
/// guest counts the same, however long it runs.
/// </summary>
internal sealed class PairProfile
{
    private const int Shown = 100;

    /// <summary>Guests that run less than so many instructions say nothing about what is frequent.</summary>
    private const int Shortest = 10_000;

    private readonly List<(double Weight, List<string> Names)> _blocks = [];
    private int _guests;

    /// <summary>Runs the guests block by block, and prints the pairs.</summary>
    public static void Run()
    {
        var profile = new PairProfile();
        foreach (var guest in Directory.GetFiles(Workload.FolderOf("static"), "*.pvm2").Order(StringComparer.Ordinal))
        {
            profile.AddGuest(Module.Load(File.ReadAllBytes(guest)));
        }

        profile.Print();
    }

    /// <summary>Counts how often each block is entered: with the flat model, gas for one block at a time.</summary>
    private void AddGuest(Module module)
    {
        var costs = module.Price(GasModel.Flat);
        var entries = new double[module.Blocks.Count];
        using var instance = module.CreateInstance(new InstanceOptions
        {
            GasModel = GasModel.Flat,
            Gas = 0,
            HostCalls = new DefaultHost(Stream.Null, Stream.Null, Stream.Null).CreateTable(),
        });
        for (var exit = instance.Call(); exit.Reason == ExitReason.OutOfGas; exit = instance.Run())
        {
            var block = module.Blocks.IndexOf(exit.ProgramCounter - module.Program.CodeBase);
            entries[block]++;
            instance.AddGas(costs[block]);
        }

        var instructions = (double)instance.GasUsed!.Value;
        if (instructions < Shortest)
        {
            return;
        }

        _guests++;
        for (var block = 0; block < entries.Length; block++)
        {
            if (entries[block] != 0)
            {
                _blocks.Add((entries[block] / instructions, NamesOf(module.Program, module.Blocks, block)));
            }
        }
    }

    /// <summary>The instructions of a block as the interpreter tells them apart.</summary>
    private static List<string> NamesOf(GuestProgram program, BasicBlockMap blocks, int block)
    {
        var names = new List<string>();
        var code = program.Code.Span;
        var end = block + 1 < blocks.Count ? (int)blocks.Starts[block + 1] : code.Length;
        for (var offset = (int)blocks.Starts[block]; offset < end;)
        {
            var instruction = Decoder.Decode(code, offset, program.Profile);
            offset += instruction.Length;
            names.Add(instruction switch
            {
                { Opcode: Opcode.Lui } or { Opcode: Opcode.Addi, Rs1: 0 } => "LoadConstant",
                { Opcode: Opcode.Addi, Immediate: 0 } or { Opcode: Opcode.Add, Rs1: 0 } => "Move",
                _ => instruction.Opcode.ToString(),
            });
        }

        return names;
    }

    /// <summary>
    /// Prints the most frequent pair, takes it out of the blocks, and so on: what a pair is worth depends on those
    /// that were chosen before it.
    /// </summary>
    private void Print()
    {
        var handlers = 1.0;
        Console.WriteLine("    saves  handlers per instruction so far");
        for (var i = 0; i < Shown; i++)
        {
            var weights = new Dictionary<(string First, string Second), double>();
            foreach (var (weight, names) in _blocks)
            {
                for (var at = 0; at + 1 < names.Count; at++)
                {
                    if (names[at].Length * names[at + 1].Length != 0)
                    {
                        var pair = (names[at], names[at + 1]);
                        weights[pair] = weights.GetValueOrDefault(pair) + weight;
                    }
                }
            }

            if (weights.Count == 0)
            {
                return;
            }

            var best = weights.MaxBy(pair => pair.Value);
            var saved = TakeOut(best.Key.First, best.Key.Second) / _guests;
            handlers -= saved;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{saved,8:P2}   {handlers:F3}  {best.Key.First} {best.Key.Second}"));
        }
    }

    /// <summary>Puts an empty name, which is no instruction, in the place of both.</summary>
    private double TakeOut(string first, string second)
    {
        var saved = 0.0;
        foreach (var (weight, names) in _blocks)
        {
            for (var at = 0; at + 1 < names.Count; at++)
            {
                if (names[at] == first && names[at + 1] == second)
                {
                    names[at] = string.Empty;
                    names[at + 1] = string.Empty;
                    saved += weight;
                }
            }
        }

        return saved;
    }
}
