using System.Runtime.InteropServices;

namespace Pvm2.TestRunner;

/// <summary>
/// Whether results can be trusted here. The runtime writes machine code through a second mapping of its pages; an emulator
/// in user space does not see that and goes on with the instructions that were there before, so that programs compute
/// wrong values without a word. The runtime can be told to write where the code is.
/// </summary>
internal static class HostCheck
{
    /// <summary>The variable that tells the runtime so, with the value 0.</summary>
    public const string WriteXorExecuteVariable = "DOTNET_EnableWriteXorExecute";

    /// <summary>The file that names the kernel's architecture; an emulator passes it on as it is.</summary>
    private const string KernelArchitectureFile = "/proc/sys/kernel/arch";

    /// <summary>Says what is wrong with this host; nothing if tests can be believed.</summary>
    public static IEnumerable<string> Problems()
    {
        var kernel = KernelArchitecture();
        if (IsEmulated(RuntimeInformation.ProcessArchitecture, kernel)
            && Environment.GetEnvironmentVariable(WriteXorExecuteVariable) != "0")
        {
            yield return $"This is a process for {RuntimeInformation.ProcessArchitecture} on a kernel for '{kernel}', so it is "
                + $"emulated, and without {WriteXorExecuteVariable}=0 an emulator may run stale code: no result could be "
                + "believed.";
        }
    }

    /// <summary>The architecture as Linux calls it; empty where the system does not say (Linux before 6.1).</summary>
    private static string KernelArchitecture() =>
        File.Exists(KernelArchitectureFile) ? File.ReadAllText(KernelArchitectureFile).Trim() : string.Empty;

    /// <summary>A process for ARM64 counts as emulated unless the kernel says that it is not.</summary>
    private static bool IsEmulated(Architecture process, string kernel) => process switch
    {
        Architecture.Arm64 => kernel != "aarch64",
        Architecture.X64 => kernel is not ("x86_64" or ""),
        _ => true,
    };
}
