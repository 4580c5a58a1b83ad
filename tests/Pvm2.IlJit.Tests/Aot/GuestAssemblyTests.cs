using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Pvm2.IlJit.Aot;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Saved;
using Pvm2.TestKit;
using Xunit;
using Module = Pvm2.Runtime.Execution.Module;

namespace Pvm2.IlJit.Tests.Aot;

/// <summary>What is in the file of a saved guest.</summary>
public sealed class GuestAssemblyTests
{
    private static readonly GuestAssemblyOptions AllModels = new()
    {
        AssemblyName = "Shapes",
        ClassName = "Shapes",
        GasModels = [GasModel.Pipeline, GasModel.Flat, GasModel.None],
    };

    private static Module Shapes =>
        Module.Load(File.ReadAllBytes(Repository.PathOf("bench/guests/built/xjar/shapes.pvm2")));

    [Fact]
    public void The_same_module_gives_the_same_bytes() =>
        Assert.Equal(SavedPrograms.Write(Shapes, AllModels), SavedPrograms.Write(Shapes, AllModels));

    [Fact]
    public void Another_program_gives_another_module_version_id()
    {
        var first = Open(SavedPrograms.Write(SavedPrograms.Assemble(SavedPrograms.Calculator)));
        var second = Open(SavedPrograms.Write(Shapes));

        Assert.NotEqual(
            first.GetGuid(first.GetModuleDefinition().Mvid), second.GetGuid(second.GetModuleDefinition().Mvid));
    }

    [Fact]
    public void It_refers_to_two_assemblies()
    {
        var metadata = Open(SavedPrograms.Write(Shapes, AllModels));
        var names = metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name));

        Assert.Equal(["Pvm2.Runtime", "System.Runtime"], names.Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Its_methods_do_not_clear_locals_and_say_how_they_are_compiled(bool forReadyToRun)
    {
        var image = new PEReader([.. SavedPrograms.Write(Shapes, AllModels with { ForReadyToRun = forReadyToRun })]);
        var metadata = image.GetMetadataReader();
        var regions = 0;
        foreach (var handle in metadata.MethodDefinitions)
        {
            var method = metadata.GetMethodDefinition(handle);
            Assert.False(image.GetMethodBody(method.RelativeVirtualAddress).LocalVariablesInitialized);
            if (metadata.GetString(method.Name).StartsWith("Region", StringComparison.Ordinal))
            {
                regions++;
                Assert.Equal(
                    !forReadyToRun, method.ImplAttributes.HasFlag(MethodImplAttributes.AggressiveOptimization));
            }
        }

        Assert.True(regions >= AllModels.GasModels.Count, $"{regions} regions");
    }

    [Fact]
    public void It_has_a_method_for_each_entry_point()
    {
        var guest = SavedPrograms.Load(SavedPrograms.Write(SavedPrograms.Assemble(SavedPrograms.Calculator)));
        using var instance = guest.CreateInstance(SavedPrograms.Halting);

        Assert.Equal(ExitReason.Halt, CallByName(guest, instance, "add", 40, 2).Reason);
        Assert.Equal(42UL, instance.Registers[10]);
        Assert.Equal(ExitReason.Halt, CallByName(guest, instance, "loop", 5).Reason);
        Assert.Equal(0UL, instance.Registers[10]);
    }

    [Theory]
    [InlineData("9lives", "_9lives")]
    [InlineData("std::sort<int>", "std__sort_int_")]
    [InlineData("", "_")]
    public void Names_become_identifiers(string name, string identifier) =>
        Assert.Equal(identifier, GuestNames.ToIdentifier(name));

    [Fact]
    public void Names_that_clash_get_a_number()
    {
        var names = new GuestNames("Module");

        Assert.Equal("Module_2", names.Take("Module"));
        Assert.Equal("a_b", names.Take("a.b"));
        Assert.Equal("a_b_2", names.Take("a-b"));
        Assert.Equal("a_b_2_2", names.Take("a_b_2"));
    }

    [Theory]
    [InlineData("A.B", "not-one")]
    [InlineData("A..B", "Guest")]
    public void What_is_no_identifier_is_refused(string space, string type)
    {
        var options = new GuestAssemblyOptions { Namespace = space, ClassName = type };

        Assert.Throws<ArgumentException>(
            () => SavedPrograms.Write(SavedPrograms.Assemble(SavedPrograms.Calculator), options));
    }

    [Fact]
    public void A_class_needs_no_namespace()
    {
        var options = new GuestAssemblyOptions { Namespace = string.Empty, ClassName = "Alone" };
        var guest = SavedPrograms.Load(SavedPrograms.Write(SavedPrograms.Assemble(SavedPrograms.Calculator), options));

        Assert.Equal("Alone", guest.Name);
    }

    [Fact]
    public void A_gas_model_is_compiled_once()
    {
        var module = SavedPrograms.Assemble(SavedPrograms.Calculator);

        Assert.Throws<ArgumentException>(() => SavedPrograms.Write(module, new GuestAssemblyOptions { GasModels = [] }));
        Assert.Throws<ArgumentException>(
            () => SavedPrograms.Write(module, new GuestAssemblyOptions { GasModels = [GasModel.Flat, GasModel.Flat] }));
    }

    private static MetadataReader Open(byte[] assembly) => new PEReader([.. assembly]).GetMetadataReader();

    private static Exit CallByName(SavedGuest guest, Instance instance, string name, params ulong[] arguments)
    {
        var method = guest.Type.GetMethod(name)!;
        var values = method.GetParameters().Select(
            (parameter, n) => n == 0 ? instance : n <= arguments.Length ? arguments[n - 1] : parameter.DefaultValue);
        return (Exit)method.Invoke(null, [.. values])!;
    }
}
