using System.Buffers.Binary;
using System.Diagnostics;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.TestKit.Differential;

/// <summary>Runs a batch in qemu's user-mode emulator, a RISC-V implementation that owes nothing to ours.</summary>
public sealed class QemuMachine : IBatchMachine
{
    /// <summary>The program that must be installed.</summary>
    public const string ToolName = "qemu-riscv64";

    // RV64GC with the extensions of PVM2 that this emulator knows; Zicond is not among them.
    private const string Processor = "rv64,zba=true,zbb=true,zbs=true";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>
    /// What no batch for this emulator may hold: Zicond, which it lacks, and ctzw, which before version 8.0 counts in
    /// the upper half too when the lower is zero.
    /// </summary>
    public static IReadOnlyList<Opcode> Unsupported { get; } = [Opcode.CzeroEqz, Opcode.CzeroNez, Opcode.Ctzw];

    /// <inheritdoc/>
    public string Name => ToolName;

    /// <inheritdoc/>
    public bool TryRun(SnippetBatch batch, out byte[] memory, out string failure)
    {
        ArgumentNullException.ThrowIfNull(batch);
        byte[] code = [.. batch.Code.Span, .. Epilogue(batch.Memory.Length)];
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, ElfImage.Make(AddressSpace.CodeBase, code, AddressSpace.DataBase, batch.Memory.Span));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }

            return TryRunFile(path, batch.Memory.Length, out memory, out failure);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static bool TryRunFile(string path, int expected, out byte[] memory, out string failure)
    {
        var start = new ProcessStartInfo(ToolName, ["-cpu", Processor, path])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{ToolName} did not start.");
        using var timer = new Timer(_ => process.Kill(), null, Patience, Timeout.InfiniteTimeSpan);
        var errors = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream(expected);
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        memory = output.ToArray();
        failure = string.Empty;
        if (process.ExitCode == 0 && memory.Length == expected)
        {
            return true;
        }

        failure = $"{ToolName} ended with {process.ExitCode} after {memory.Length} of {expected} bytes: {errors.Result.Trim()}";
        memory = [];
        return false;
    }

    /// <summary>Linux system calls, numbered as in asm-generic: write(1, DATA_BASE, length), then exit(0).</summary>
    private static byte[] Epilogue(int length)
    {
        const int A0 = 10, A1 = 11, A2 = 12;
        const int WriteCall = 64, ExitCall = 93;
        var low = (length << 20) >> 20;
        uint[] words =
        [
            Encoder.Encode(Encoder.Make(Opcode.Addi, A0, immediate: 1)),
            Encoder.Encode(Encoder.Make(Opcode.Lui, A1, immediate: (int)AddressSpace.DataBase)),
            Encoder.Encode(Encoder.Make(Opcode.Lui, A2, immediate: length - low)),
            Encoder.Encode(Encoder.Make(Opcode.Addi, A2, A2, immediate: low)),
            LoadA7(WriteCall),
            Encoder.Encode(Encoder.Make(Opcode.Ecall)),
            Encoder.Encode(Encoder.Make(Opcode.Addi, A0)),
            LoadA7(ExitCall),
            Encoder.Encode(Encoder.Make(Opcode.Ecall)),
        ];
        var bytes = new byte[4 * words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 * i), words[i]);
        }

        return bytes;
    }

    /// <summary><c>li a7, number</c>; a7 is x17, which only the emulator has.</summary>
    private static uint LoadA7(int number) => 0x893u | ((uint)number << 20);
}
