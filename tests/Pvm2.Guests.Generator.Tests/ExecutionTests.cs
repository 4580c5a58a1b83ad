using System.Reflection;
using Microsoft.CodeAnalysis;
using Pvm2.Guests.Generator.Tests.Kit;
using Pvm2.Runtime.Embedding;
using Pvm2.Runtime.Execution;
using Pvm2.TestKit;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Guests.Generator.Tests;

/// <summary>The generated source, compiled and run.</summary>
public sealed class ExecutionTests
{
    private const string Resource = "Guests.exports.pvm2";
    private static readonly Lazy<Assembly> Sample = new(() => Compile(Resource, "exports"));

    public static TheoryData<string> Tiers => [.. TierRegistry.Names];

    [Theory]
    [MemberData(nameof(Tiers))]
    public void Methods_call_entry_points(string tier)
    {
        using var guest = Create(tier, gas: 1_000_000);

        Assert.Equal(42UL, Call(guest, "Add", 40, 2).Value);
        Assert.Equal(654321UL, Call(guest, "SixArguments", 1, 2, 3, 4, 5, 6).Value);
        Assert.Equal(1UL, Call(guest, "CountCalls").Value);
        Assert.Equal(2UL, Call(guest, "CountCalls").Value);
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public void Without_gas_a_call_has_no_value_until_it_is_resumed(string tier)
    {
        using var guest = Create(tier, gas: 50);

        var call = Call(guest, "Fibonacci", 10);
        Assert.Equal(ExitReason.OutOfGas, call.Exit.Reason);
        Assert.False(call.TryGetValue(out _));
        Assert.Throws<InvalidOperationException>(() => call.Value);

        InstanceOf(guest).AddGas(10_000);
        Assert.Equal(55UL, ((GuestCall)guest.GetType().GetMethod("Resume")!.Invoke(guest, [CancellationToken.None])!).Value);
    }

    [Fact]
    public void The_hash_is_the_modules()
    {
        var type = Sample.Value.GetType("Guests.Exports")!;
        var module = (Runtime.Execution.Module)type.GetProperty("Module")!.GetValue(null)!;

        Assert.Equal(module.Hash.ToString(), type.GetField("Sha256")!.GetRawConstantValue());
    }

    [Theory]
    [InlineData(Resource, "hello", "has the hash ")]
    [InlineData("other", "exports", "has no resource 'Guests.exports.pvm2'")]
    public void Another_program_is_not_taken_for_the_guest(string resource, string guest, string reason)
    {
        var type = Compile(resource, guest).GetType("Guests.Exports")!;

        var thrown = Assert.Throws<TargetInvocationException>(() => type.GetProperty("Module")!.GetValue(null));

        var inner = Assert.IsType<InvalidOperationException>(thrown.InnerException);
        Assert.Contains(reason, inner.Message, StringComparison.Ordinal);
    }

    private static Assembly Compile(string resource, string guest)
    {
        var run = GeneratorRun.Of("namespace Guests; public partial class Exports;", ManifestFile.Exports());
        var container = Repository.PathOf($"bench/guests/built/static/{guest}.pvm2");
        using var image = new MemoryStream();
        var description = new ResourceDescription(resource, () => File.OpenRead(container), isPublic: true);
        Assert.True(run.Compilation.Emit(image, manifestResources: [description]).Success);
        return Assembly.Load(image.ToArray());
    }

    private static IDisposable Create(string tier, ulong gas) => (IDisposable)Activator.CreateInstance(
        Sample.Value.GetType("Guests.Exports")!, gas, null, TierRegistry.Create(tier))!;

    private static Instance InstanceOf(object guest) =>
        (Instance)guest.GetType().GetProperty("Instance")!.GetValue(guest)!;

    private static GuestCall Call(object guest, string method, params ulong[] arguments)
    {
        var all = new ulong[Instance.MaxArguments];
        arguments.CopyTo(all, 0);
        return (GuestCall)guest.GetType().GetMethod(method)!.Invoke(
            guest, [.. all.Cast<object>(), CancellationToken.None])!;
    }
}
