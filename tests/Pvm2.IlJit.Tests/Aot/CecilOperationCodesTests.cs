using System.Reflection;
using System.Reflection.Emit;
using Pvm2.IlJit.Aot;
using Xunit;

namespace Pvm2.IlJit.Tests.Aot;

public sealed class CecilOperationCodesTests
{
    [Fact]
    public void Operation_codes_have_the_same_names_in_both_libraries()
    {
        var codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (OpCode)field.GetValue(null)!)
            .Where(code => code.OpCodeType != OpCodeType.Nternal)
            .ToList();

        Assert.True(codes.Count > 200, $"{codes.Count} operation codes");
        Assert.All(codes, code => Assert.Equal(Plain(code.Name!), Plain(CecilOperationCodes.Of(code).Name)));
    }

    /// <summary>Mono.Cecil says <c>ldelem.any</c> where System.Reflection.Emit says <c>ldelem</c>.</summary>
    private static string Plain(string name) => name.Replace(".any", string.Empty, StringComparison.Ordinal);
}
