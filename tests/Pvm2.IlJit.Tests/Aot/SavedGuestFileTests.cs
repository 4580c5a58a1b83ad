using Mono.Cecil;
using Pvm2.IlJit.Aot;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Portable;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Saved;
using Xunit;

namespace Pvm2.IlJit.Tests.Aot;

/// <summary>Which files are saved guests, and what one refuses to run.</summary>
public sealed class SavedGuestFileTests
{
    private static Module Calculator => SavedPrograms.Assemble(SavedPrograms.Calculator);

    [Fact]
    public void A_file_gives_its_guest()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("pvm2-").FullName, "Calculator.dll");
        File.WriteAllBytes(path, SavedPrograms.Write(Calculator));
        Assert.True(SavedGuestFile.TryLoad(path, out var guest, out var error), error?.Reason);
        Assert.Equal(Calculator.Hash, guest.Hash);
        Assert.Equal([GasModel.Pipeline], guest.GasModels);
        Assert.Equal("Pvm2.Guests.Guest", guest.Name);
        using var instance = guest.CreateInstance(SavedPrograms.Halting);
        Assert.Equal(ExitReason.Halt, instance.Call("add", 1, 2).Reason);
        Assert.Equal(3UL, instance.Registers[10]);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void Bytes_that_are_no_assembly_are_refused()
    {
        AssertRefused(SavedGuestErrorKind.NoSavedGuest, "no .NET assembly", []);
        AssertRefused(SavedGuestErrorKind.NoSavedGuest, "no .NET assembly", "MZ and no more"u8.ToArray());
        AssertRefused(SavedGuestErrorKind.NoSavedGuest, "no .NET assembly", ProgramWriter.Write(Calculator.Program));
    }

    [Fact]
    public void An_assembly_of_another_kind_is_refused() => AssertRefused(
        SavedGuestErrorKind.NoSavedGuest, "holds no guest", File.ReadAllBytes(typeof(Module).Assembly.Location));

    [Fact]
    public void Files_cut_short_anywhere_give_an_error()
    {
        var assembly = SavedPrograms.Write(Calculator);
        for (var length = 0; length < assembly.Length; length += 101)
        {
            Assert.False(SavedGuestFile.TryLoad(assembly[..length], out _, out _, collectible: true));
        }
    }

    [Fact]
    public void Another_version_of_the_interface_is_refused_before_anything_runs()
    {
        var other = Rewrite(assembly => assembly.CustomAttributes.Single().ConstructorArguments[0] =
            new CustomAttributeArgument(assembly.MainModule.TypeSystem.Int32, PortableAbi.Version + 1));

        AssertRefused(SavedGuestErrorKind.OtherRuntime, $"version {PortableAbi.Version + 1}", other);
    }

    [Fact]
    public void Code_of_another_version_refuses_to_run()
    {
        var exception = Assert.Throws<NotSupportedException>(static () => GetGuest(PortableAbi.Version + 1));

        Assert.Contains($"version {PortableAbi.Version + 1}", exception.Message, StringComparison.Ordinal);
        Assert.Contains("compile it again", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_is_not_the_one_of_the_hash_is_refused()
    {
        var other = Rewrite(assembly =>
        {
            var data = assembly.MainModule.GetType("Pvm2.Guests.Guest").Fields.Single(field => field.InitialValue.Length > 0);
            data.InitialValue = [.. data.InitialValue[..^1].Select((value, n) => n == 0 ? (byte)~value : value), data.InitialValue[^1]];
        });

        AssertRefused(SavedGuestErrorKind.Damaged, "not the one", other);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(1)]
    public void A_description_that_ends_too_soon_is_refused(int missing)
    {
        var other = Rewrite(assembly =>
        {
            var type = assembly.MainModule.GetType("Pvm2.Guests.Guest");
            var length = type.Fields.Single(field => field.InitialValue.Length > 0).InitialValue.Length;
            var instructions = type.Methods.Single(method => method.Name == "get_Guest").Body.Instructions;
            instructions.Single(instruction => instruction.Operand is int value && value == length).Operand = length - missing;
        });

        AssertRefused(SavedGuestErrorKind.Damaged, "ends too soon", other);
    }

    [Fact]
    public void A_class_that_is_not_there_is_an_error()
    {
        var other = Rewrite(assembly => assembly.CustomAttributes.Single().ConstructorArguments[2] =
            new CustomAttributeArgument(assembly.MainModule.TypeSystem.String, "Nobody"));

        AssertRefused(SavedGuestErrorKind.Damaged, "does not have the class", other);
    }

    [Fact]
    public void The_tier_runs_its_own_program_alone()
    {
        var guest = SavedPrograms.Load(SavedPrograms.Write(Calculator));
        var other = SavedPrograms.Assemble(".entry main\nmain: ecalli 0");
        using var same = Calculator.CreateInstance(SavedPrograms.Halting with { Tier = guest.Tier });

        Assert.Equal(ExitReason.Halt, same.Call("loop", 100).Reason);
        Assert.Throws<ArgumentException>(() => other.CreateInstance(new InstanceOptions { Tier = guest.Tier }));
    }

    [Fact]
    public void A_gas_model_without_code_is_refused()
    {
        var guest = SavedPrograms.Load(SavedPrograms.Write(Calculator));

        var exception = Assert.Throws<NotSupportedException>(
            () => guest.CreateInstance(new InstanceOptions { GasModel = GasModel.Flat }));
        Assert.Contains("only for Pipeline", exception.Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(SavedGuestErrorKind kind, string reason, byte[] assembly)
    {
        Assert.False(SavedGuestFile.TryLoad(assembly, out var guest, out var error, collectible: true));
        Assert.Null(guest);
        Assert.Equal(kind, error.Kind);
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
    }

    private static byte[] Rewrite(Action<AssemblyDefinition> change)
    {
        using var input = new MemoryStream(SavedPrograms.Write(Calculator));
        using var assembly = AssemblyDefinition.ReadAssembly(input);
        change(assembly);
        using var output = new MemoryStream();
        assembly.Write(output);
        return output.ToArray();
    }

    private static unsafe SavedGuest GetGuest(int abiVersion)
    {
        SavedGuest? guest = null;
        return SavedGuestSupport.GetGuest(ref guest, typeof(SavedGuestFileTests).TypeHandle, abiVersion, null, 0, 0);
    }
}
