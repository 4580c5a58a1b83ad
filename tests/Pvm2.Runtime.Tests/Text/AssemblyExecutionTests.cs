using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.TestKit;
using Xunit;

namespace Pvm2.Runtime.Tests.Text;

/// <summary>What is assembled does what it says when it runs.</summary>
public sealed class AssemblyExecutionTests
{
    [Fact]
    public void The_example_of_the_documentation_runs()
    {
        var text = File.ReadAllText(Repository.PathOf("docs/assembly.md"));
        var start = text.IndexOf("```asm\n", StringComparison.Ordinal) + 7;
        var source = text[start..text.IndexOf("```", start, StringComparison.Ordinal)];
        Assert.Equal(3UL + 5 + 8 + 13 + 21, Result(source, Profile.Static));

        var line = source.AsSpan(0, source.IndexOf("\n1:", StringComparison.Ordinal) + 1).Count('\n');
        Assert.Equal(
            [$"{line}:9: This place is jumped to, but no basic block starts here: put a fallthrough before it."],
            Assembly.Errors(source.Replace("        fallthrough\n", string.Empty, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void Constants_come_out_as_they_are_written(Profile profile)
    {
        var random = new Random(40);
        var constants = new List<long>();
        for (var i = 0; i < 3000; i++)
        {
            var number = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
            constants.Add(number << random.Next(64));
            constants.Add((long)BitOperations.RotateLeft((ulong)(number >> random.Next(64)), random.Next(64)));
            constants.Add(unchecked((1L << random.Next(64)) + random.Next(-3000, 3000)));
            constants.Add((1L << random.Next(64)) ^ (1L << random.Next(64)) ^ -(long)random.Next(2));
        }

        var source = new StringBuilder(".bss; room: .zero 100000; .text; la t0, room\n");
        foreach (var constant in constants)
        {
            source.Append(CultureInfo.InvariantCulture, $"li a0, {constant}; sd a0, 0(t0); addi t0, t0, 8\n");
        }

        source.Append("ecalli 0; trap");
        using var instance = Run(source.ToString(), profile);
        var stored = new byte[constants.Count * 8];
        Assert.True(instance.Memory.TryRead(instance.Module.Program.ReadWriteData.Address, stored));
        for (var i = 0; i < constants.Count; i++)
        {
            Assert.Equal(constants[i], BinaryPrimitives.ReadInt64LittleEndian(stored.AsSpan(8 * i)));
        }
    }

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void Data_is_reached_by_label(Profile profile) => Assert.Equal(0x1234_5678UL + 7 + 3 + 16, Result(
        """
            .stack 1
            .rodata
            .byte 1
            .balign 4
        word:
            .word 0x12345678
        pointer:
            .dword cell + 4
            .data
        cell:
            .word 0, 7
            .bss
            .balign 64
        room:
            .zero 8
            .text
            .equ length, pointer - word - 1
            lw   a0, word
            ld   a1, pointer
            lw   a1, (a1)
            add  a0, a0, a1
            sw   a1, room, t0
            lui  a2, %hi(room)
            lw   a2, %lo(room)(a2)
            sub  a1, a1, a2
            add  a0, a0, a1
            addi a0, a0, length
            la   a1, room
            la   a2, cell
            sub  a1, a1, a2
            srli a1, a1, 2
            add  a0, a0, a1
            ecalli 0
            trap
        """, profile));

    [Fact]
    public void Far_jumps_and_addresses_of_code_work_in_xjar() => Assert.Equal(6UL, Result(
        """
            .data
        pointer: .dword third
        short:   .word third
            .text
        main:
            li   a0, 0
            call first
            la   t1, second
            jalr t1
            ld   t1, pointer
            lwu  t2, short
            bne  t1, t2, bad
            jalr t1
            tail last
        bad:
            trap
            .zero 5000
        first:
            addi a0, a0, 1
            ret
        second:
            addi a0, a0, 2
            jr   ra
        third:
            addi a0, a0, 3
            jr   0(ra)
        1:  auipc a1, %pcrel_hi(end)
            addi  a1, a1, %pcrel_lo(1b)
            jr    a1
        last:
            j    1b
        end:
            ecalli 0
        """, Profile.Xjar));

    [Fact]
    public void Tables_are_jumped_through_by_handle()
    {
        const string Source = """
            .table squares one, four
            .table squares nine
            .table empty
            main:
                br_table squares, a1
                br_table empty, a1
                br_table 0x0, a2
                ecalli 9
            one:  li a0, 1; ecalli 0
            four: li a0, 4; ecalli 0
            nine: li a0, 9; ecalli 0; trap
            """;
        Assert.Equal([1UL, 4, 9], Enumerable.Range(0, 3).Select(i => Result(Source, Profile.Static, 0, (2 * (ulong)i) + 1)));
        Assert.Equal(9UL, Result(Source, Profile.Static, 0, 7, 5));
    }

    [Fact]
    public void The_ends_of_stack_and_heap_have_names() => Assert.Equal(0UL, Result(
        """
            .stack 5000; .heap 5000; .data; .word 1; .text
            la   a0, __stack_top
            sub  a0, a0, sp
            la   a1, __heap_end
            la   a2, __heap_start
            sub  a1, a1, a2
            li   a2, 8192
            xor  a1, a1, a2
            or   a0, a0, a1
            ecalli 0
            trap
        """, Profile.Static));

    [Theory]
    [InlineData("beq a0, zero, far", 0UL)]
    [InlineData("beqz a0, far", 0UL)]
    [InlineData("c.bnez a0, far", 1UL)]
    [InlineData("bge a0, a1, far", 5UL)]
    public void Branches_that_reach_far_still_branch(string branch, ulong taking)
    {
        var source = $"li a1, 3; fallthrough; {branch}; li a0, 1; ecalli 0; trap; .option norvc; .balign 4; {string.Concat(Enumerable.Repeat("fallthrough;", 2000))} far: li a0, 2; ecalli 0; trap";
        Assert.Equal(2UL, Result(source, Profile.Static, taking));
        Assert.Equal(1UL, Result(source, Profile.Static, taking == 0 ? 1UL : 0));
    }

    private static ulong Result(string source, Profile profile, params ReadOnlySpan<ulong> arguments)
    {
        using var instance = Run(source, profile, arguments);
        return instance.Registers[10];
    }

    private static Instance Run(string source, Profile profile, params ReadOnlySpan<ulong> arguments)
    {
        var calls = new HostCallTable().Register(DefaultHost.HaltSelector, _ => HostCallAction.Halt);
        var instance = Module.Create(Assembly.Program(source, profile)).CreateInstance(new InstanceOptions { HostCalls = calls });
        Assert.Equal(ExitReason.Halt, instance.Call(null, arguments).Reason);
        return instance;
    }
}
