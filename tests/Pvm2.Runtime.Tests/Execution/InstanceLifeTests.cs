using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit.Tiers;
using Xunit;
using static Pvm2.Runtime.Tests.Execution.Guest;

namespace Pvm2.Runtime.Tests.Execution;

/// <summary>Every instance begins anew, on every tier, whatever others of the same module did before.</summary>
public sealed class InstanceLifeTests
{
    private const uint Pages = 70;

    public static TheoryData<string, Profile> Cases
    {
        get
        {
            var cases = new TheoryData<string, Profile>();
            foreach (var tier in TierRegistry.Names)
            {
                cases.Add(tier, Profile.Static);
                cases.Add(tier, Profile.Xjar);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Guests_find_the_initial_memory_in_new_and_in_reset_instances(string tier, Profile profile)
    {
        var module = MakeModule(profile);
        var calls = new HostCallTable().Register(0, static _ => HostCallAction.Halt);
        var options = new InstanceOptions { Tier = TierRegistry.Create(tier), HostCalls = calls };
        using var kept = module.CreateInstance(options);
        for (var round = 0; round < 20; round++)
        {
            using (var instance = module.CreateInstance(options))
            {
                AssertRunsAnew(instance);
                using var another = module.CreateInstance(options);
                AssertRunsAnew(another);
            }

            AssertRunsAnew(kept);
            kept.Reset();
            kept.Reset();
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Many_instances_live_at_once_and_keep_apart(string tier, Profile profile)
    {
        var module = MakeModule(profile);
        var calls = new HostCallTable().Register(0, static _ => HostCallAction.Halt);
        var options = new InstanceOptions { Tier = TierRegistry.Create(tier), HostCalls = calls };
        var instances = Enumerable.Range(0, 100).Select(_ => module.CreateInstance(options)).ToArray();
        var address = (uint)module.Memory.Writable[0].Start;
        for (var i = 0; i < instances.Length; i++)
        {
            Assert.True(instances[i].Memory.TryWriteUInt64(address, (ulong)i));
        }

        for (var i = 0; i < instances.Length; i++)
        {
            Assert.True(instances[i].Memory.TryReadUInt64(address, out var value));
            Assert.Equal((ulong)i, value);
            instances[i].Reset();
            AssertRunsAnew(instances[i]);
            instances[i].Dispose();
        }
    }

    /// <summary>A guest that adds up its writable memory, five dwords of data and zeros, and overwrites it.</summary>
    private static Module MakeModule(Profile profile)
    {
        var guest = new Guest(profile);
        var start = guest.DataBase + 0x1000;
        var data = new byte[0x3008];
        for (var i = 0; i < 5; i++)
        {
            data[i * 0xC00] = (byte)(i + 1);
        }

        data[^1] = 1;
        guest.ReadOnly(guest.DataBase, 0x1000, 99).ReadWrite(start, 0x5000, data).Heap(start + 0x5000, (Pages - 5) * 0x1000);
        guest.Emit(Opcode.Lui, A1, 0, 0, (int)start).Emit(Opcode.Lui, A2, 0, 0, (int)(start + (Pages * 0x1000))).Emit(Opcode.Fallthrough);
        guest.Emit(Opcode.Ld, A3, A1).Emit(Opcode.Add, A0, A0, A3).Emit(Opcode.Sd, 0, A1, A2);
        guest.Emit(Opcode.Addi, A1, A1, 0, 8).Emit(Opcode.Bne, 0, A1, A2, -16).Halt();
        return Module.Create(guest.Build());
    }

    private static void AssertRunsAnew(Instance instance)
    {
        Assert.Equal(ExitReason.Halt, instance.Call().Reason);
        Assert.Equal(15UL + (1UL << 56), instance.Registers[A0]);
        Assert.True(instance.Memory.TryReadUInt64((uint)instance.Memory.Layout.Readable[^1].Start, out var constant));
        Assert.Equal(99UL, constant);
    }
}
