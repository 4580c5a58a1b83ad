using Pvm2.IlJit.Aot;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Saved;
using Pvm2.Runtime.Text;
using Xunit;

namespace Pvm2.IlJit.Tests.Aot;

/// <summary>Small programs, and the assemblies that are made of them.</summary>
internal static class SavedPrograms
{
    /// <summary>Two entry points: <c>add</c> adds two numbers, <c>loop</c> counts its argument down.</summary>
    internal const string Calculator = """
        .entry add
        .entry loop
        add:
            add a0, a0, a1
            ecalli 0
        loop:
            addi a0, a0, -1
            bnez a0, loop
            ecalli 0
        """;

    /// <summary>Options for an instance whose guest may halt.</summary>
    internal static InstanceOptions Halting { get; } = new()
    {
        HostCalls = new HostCallTable().Register(0, static _ => HostCallAction.Halt),
    };

    internal static Module Assemble(string source)
    {
        var result = Assembler.Assemble(source);
        Assert.True(result.Succeeded, string.Join('\n', result.Diagnostics));
        return Module.Create(result.Program);
    }

    internal static byte[] Write(Module module, GuestAssemblyOptions? options = null)
    {
        using var stream = new MemoryStream();
        GuestAssembly.Write(module, options ?? new GuestAssemblyOptions(), stream);
        return stream.ToArray();
    }

    internal static SavedGuest Load(byte[] assembly)
    {
        Assert.True(SavedGuestFile.TryLoad(assembly, out var guest, out var error, collectible: true), error?.Reason);
        return guest;
    }
}
