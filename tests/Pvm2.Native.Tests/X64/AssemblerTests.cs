using Pvm2.Native.X64;
using Xunit;
using Assembler = Pvm2.Native.X64.Assembler;
using static Pvm2.Native.X64.Register;

namespace Pvm2.Native.Tests.X64;

/// <summary>Every form of the assembler on every register, read back by an independent disassembler.</summary>
public sealed class AssemblerTests
{
    private static readonly Register[] All = Enum.GetValues<Register>();
    private static readonly Register[] AllButRsp = [.. All.Where(register => register != Rsp)];
    private static readonly int[] Displacements = [0, 1, -1, 127, -128, 128, -129, 2047, -2048, int.MaxValue, int.MinValue];

    [Fact]
    public void Moves()
    {
        ForPairs((a, b) => Check($"mov {a.Name(64)},{b.Name(64)}", code => code.Move(a, b)));
        ForPairs((a, b) => Check($"mov {a.Name(32)},{b.Name(32)}", code => code.Move32(a, b)));
        foreach (var a in All)
        {
            Check($"mov {a.Name(64)},qword ptr [rsp+40]", code => code.Move(a, Operand.Slot(40)));
            Check($"mov {a.Name(32)},dword ptr [rsp+127]", code => code.Move32(a, Operand.Slot(127)));
            Check($"mov qword ptr [rsp+8],{a.Name(64)}", code => code.MoveToSlot(Operand.Slot(8), a));
            Check($"push {a.Name(64)}", code => code.Push(a));
            Check($"pop {a.Name(64)}", code => code.Pop(a));
        }

        Check("mov qword ptr [rsp+24],-5", code => code.MoveImmediateToSlot(Operand.Slot(24), -5));
    }

    [Theory]
    [InlineData(0L, 32)]
    [InlineData(1L, 32)]
    [InlineData(0x7FFF_FFFFL, 32)]
    [InlineData(0x8000_0000L, 32)]
    [InlineData(0xFFFF_FFFFL, 32)]
    [InlineData(-1L, 64)]
    [InlineData(-0x8000_0000L, 64)]
    [InlineData(0x1_0000_0000L, 64)]
    [InlineData(long.MinValue, 64)]
    [InlineData(long.MaxValue, 64)]
    public void Constants(long value, int bits)
    {
        // A 32-bit form is shown with a signed 32-bit immediate.
        var shown = bits == 32 ? (int)value : value;
        foreach (var a in All)
        {
            Check($"mov {a.Name(bits)},{shown}", code => code.MoveImmediate(a, value));
            if (bits == 32)
            {
                Check($"mov {a.Name(32)},{shown}", code => code.MoveImmediate32(a, (uint)value));
            }
        }
    }

    [Fact]
    public void Two_operand_arithmetic()
    {
        foreach (var (operation, name) in new[]
        {
            (AluOperation.Add, "add"), (AluOperation.Or, "or"), (AluOperation.And, "and"),
            (AluOperation.Sub, "sub"), (AluOperation.Xor, "xor"), (AluOperation.Compare, "cmp"),
            (AluOperation.AddCarry, "adc"), (AluOperation.SubtractBorrow, "sbb"),
        })
        {
            foreach (var wide in new[] { false, true })
            {
                var size = wide ? "qword" : "dword";
                ForPairs((a, b) => Check($"{name} {a.Name(wide)},{b.Name(wide)}", code => code.Alu(operation, wide, a, b)));
                foreach (var a in All)
                {
                    Check($"{name} {a.Name(wide)},{size} ptr [rsp+16]", code => code.Alu(operation, wide, a, Operand.Slot(16)));
                    foreach (var value in new[] { 0, 1, -1, 127, -128, 128, -129, int.MaxValue, int.MinValue })
                    {
                        Check($"{name} {a.Name(wide)},{value}", code => code.Alu(operation, wide, a, value));
                        Check($"{name} {size} ptr [rsp+16],{value}", code => code.AluToSlot(operation, wide, Operand.Slot(16), value));
                    }
                }
            }

            foreach (var a in All)
            {
                Check($"{name} qword ptr [rsp+32],{a.Name(64)}", code => code.AluToSlot(operation, Operand.Slot(32), a));
            }
        }
    }

    [Fact]
    public void Three_operand_arithmetic_copies_where_it_must()
    {
        ForTriples((a, b, c) =>
        {
            if (a == c && a != b)
            {
                return;
            }

            var copy = a == b ? [] : new[] { $"mov {a.Name(64)},{b.Name(64)}" };
            Check([.. copy, $"sub {a.Name(64)},{c.Name(64)}"], code => code.Alu(AluOperation.Sub, a, b, c));
            Check([.. copy, $"imul {a.Name(64)},{c.Name(64)}"], code => code.Multiply(wide: true, a, b, c));
            Check([.. copy, $"imul {a.Name(32)},{c.Name(32)}"], code => code.Multiply(wide: false, a, b, c));
        });
        ForPairs((a, b) =>
        {
            var copy = a == b ? [] : new[] { $"mov {a.Name(64)},{b.Name(64)}" };
            Check([.. copy, $"shr {a.Name(64)},63"], code => code.Shift(ShiftOperation.RightLogical, wide: true, a, b, 63));
            Check([.. copy, $"sar {a.Name(32)},31"], code => code.Shift(ShiftOperation.RightArithmetic, wide: false, a, b, 31));
            Check(copy, code => code.MoveUnlessSame(a, b));
        });
    }

    [Fact]
    public void Sums_into_a_third_register()
    {
        ForTriples((a, b, c) =>
        {
            if (b == Rsp || c == Rsp)
            {
                return;
            }

            // rbp and r13 are the index where there is a choice, since as the base they need a displacement.
            var (first, second) = b is Rbp or R13 ? (c, b) : (b, c);
            Check($"lea {a.Name(64)},[{first.Name(64)}+{second.Name(64)}]", code => code.AddInto(wide: true, a, b, c));
            Check($"lea {a.Name(32)},[{first.Name(64)}+{second.Name(64)}]", code => code.AddInto(wide: false, a, b, c));
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(int.MaxValue)]
    public void Charges_are_patched(int cost) => Check(
        [$"sub qword ptr [rsp],{cost}", "jb 305419896", "ret"],
        code =>
        {
            var immediate = code.Charge(305419896);
            Assert.Equal(Assembler.ChargeBytes, code.Position);
            code.Return();
            code.PatchInt32(immediate, cost);
        });

    [Fact]
    public void One_operand_arithmetic()
    {
        foreach (var (operation, name) in new[]
        {
            (UnaryOperation.Not, "not"), (UnaryOperation.Negate, "neg"), (UnaryOperation.Multiply, "mul"),
            (UnaryOperation.MultiplySigned, "imul"), (UnaryOperation.Divide, "div"), (UnaryOperation.DivideSigned, "idiv"),
        })
        {
            foreach (var wide in new[] { false, true })
            {
                Check($"{name} {(wide ? "qword" : "dword")} ptr [rsp+8]", code => code.Unary(operation, wide, Operand.Slot(8)));
                foreach (var a in All)
                {
                    Check($"{name} {a.Name(wide)}", code => code.Unary(operation, wide, a));
                }
            }
        }

        Check("cqo", code => code.SignIntoRdx(wide: true));
        Check("cdq", code => code.SignIntoRdx(wide: false));
        foreach (var a in All)
        {
            Check($"bswap {a.Name(64)}", code => code.ReverseBytes(a));
        }
    }

    [Fact]
    public void Products_tests_and_extensions()
    {
        ForPairs((a, b) =>
        {
            Check($"imul {a.Name(64)},{b.Name(64)}", code => code.Multiply(wide: true, a, b));
            Check($"imul {a.Name(32)},{b.Name(32)}", code => code.Multiply(wide: false, a, b));
            Check($"test {b.Name(64)},{a.Name(64)}", code => code.Test(wide: true, a, b));
            Check($"test {b.Name(32)},{a.Name(32)}", code => code.Test(wide: false, a, b));
            Check($"movsx {a.Name(64)},{b.Name(8)}", code => code.SignExtend8(a, b));
            Check($"movsx {a.Name(64)},{b.Name(16)}", code => code.SignExtend16(a, b));
            Check($"movsxd {a.Name(64)},{b.Name(32)}", code => code.SignExtend32(a, b));
            Check($"movzx {a.Name(32)},{b.Name(16)}", code => code.ZeroExtend16(a, b));
        });
        Check("imul r9,qword ptr [rsp+8]", code => code.Multiply(wide: true, R9, Operand.Slot(8)));
        Check("movsxd r9,dword ptr [rsp+8]", code => code.SignExtend32(R9, Operand.Slot(8)));
    }

    [Fact]
    public void Addresses()
    {
        ForPairs((a, b) =>
        {
            foreach (var displacement in Displacements)
            {
                Check($"lea {a.Name(64)},[{Address(b, 64, displacement)}]", code => code.LoadAddress(wide: true, a, b, displacement));
                Check($"lea {a.Name(32)},[{Address(b, 64, displacement)}]", code => code.LoadAddress(wide: false, a, b, displacement));
            }

            foreach (var index in AllButRsp)
            {
                Check($"lea {a.Name(64)},[{b.Name(64)}+{index.Name(64)}]", code => code.LoadAddress(wide: true, a, b, index, 0));
                Check($"lea {a.Name(64)},[{b.Name(64)}+{index.Name(64)}*8]", code => code.LoadAddress(wide: true, a, b, index, 3));
                Check($"lea {a.Name(32)},[{b.Name(64)}+{index.Name(64)}*2]", code => code.LoadAddress(wide: false, a, b, index, 1));
                Check($"mulx {a.Name(64)},{b.Name(64)},{index.Name(64)}", code => code.MultiplyWide(a, b, index));
            }
        });
    }

    [Fact]
    public void Shifts()
    {
        foreach (var (operation, name) in new[]
        {
            (ShiftOperation.RotateLeft, "rol"), (ShiftOperation.RotateRight, "ror"), (ShiftOperation.Left, "shl"),
            (ShiftOperation.RightLogical, "shr"), (ShiftOperation.RightArithmetic, "sar"),
        })
        {
            foreach (var a in All)
            {
                Check($"{name} {a.Name(64)},63", code => code.Shift(operation, wide: true, a, 63));
                Check($"{name} {a.Name(32)},31", code => code.Shift(operation, wide: false, a, 31));
                Check($"{name} {a.Name(64)},cl", code => code.ShiftByCl(operation, wide: true, a));
                Check($"{name} {a.Name(32)},cl", code => code.ShiftByCl(operation, wide: false, a));
            }
        }

        foreach (var (operation, name) in new[]
        {
            (ShiftOperation.Left, "shlx"), (ShiftOperation.RightLogical, "shrx"), (ShiftOperation.RightArithmetic, "sarx"),
        })
        {
            ForPairs((a, b) =>
            {
                Check($"{name} {a.Name(64)},{b.Name(64)},{a.Name(64)}", code => code.ShiftBy(operation, wide: true, a, b, a));
                Check($"{name} {a.Name(32)},{b.Name(32)},r9d", code => code.ShiftBy(operation, wide: false, a, b, R9));
                Check($"{name} {a.Name(64)},qword ptr [rsp+16],{b.Name(64)}", code => code.ShiftBy(operation, wide: true, a, Operand.Slot(16), b));
            });
        }

        ForPairs((a, b) => Check($"rorx {a.Name(64)},{b.Name(64)},17", code => code.RotateRight(wide: true, a, b, 17)));
        ForPairs((a, b) => Check($"rorx {a.Name(32)},{b.Name(32)},17", code => code.RotateRight(wide: false, a, b, 17)));
    }

    [Fact]
    public void Bits()
    {
        foreach (var (operation, name) in new[]
        {
            (BitOperation.Test, "bt"), (BitOperation.Set, "bts"), (BitOperation.Reset, "btr"), (BitOperation.Complement, "btc"),
        })
        {
            ForPairs((a, b) => Check($"{name} {a.Name(64)},{b.Name(64)}", code => code.Bit(operation, a, b)));
            foreach (var a in All)
            {
                Check($"{name} {a.Name(64)},63", code => code.Bit(operation, a, 63));
            }
        }

        ForPairs((a, b) =>
        {
            Check($"lzcnt {a.Name(64)},{b.Name(64)}", code => code.CountLeadingZeros(wide: true, a, b));
            Check($"tzcnt {a.Name(32)},{b.Name(32)}", code => code.CountTrailingZeros(wide: false, a, b));
            Check($"popcnt {a.Name(64)},{b.Name(64)}", code => code.CountOnes(wide: true, a, b));
            Check($"bsr {a.Name(64)},{b.Name(64)}", code => code.BitScanReverse(wide: true, a, b));
            Check($"bsf {a.Name(32)},{b.Name(32)}", code => code.BitScanForward(wide: false, a, b));
            Check($"andn {a.Name(64)},{b.Name(64)},{a.Name(64)}", code => code.AndNot(a, b, a));
        });
        Check("andn r9,rbp,qword ptr [rsp+8]", code => code.AndNot(R9, Rbp, Operand.Slot(8)));
    }

    [Fact]
    public void Conditions()
    {
        foreach (var (condition, name) in new[]
        {
            (Condition.Below, "b"), (Condition.AboveOrEqual, "ae"), (Condition.Equal, "e"), (Condition.NotEqual, "ne"),
            (Condition.Above, "a"), (Condition.Negative, "s"), (Condition.NotNegative, "ns"), (Condition.Less, "l"),
            (Condition.GreaterOrEqual, "ge"), (Condition.LessOrEqual, "le"), (Condition.Greater, "g"),
        })
        {
            ForPairs((a, b) => Check($"cmov{name} {a.Name(64)},{b.Name(64)}", code => code.ConditionalMove(condition, a, b)));
            foreach (var a in All)
            {
                Check($"set{name} {a.Name(8)}", code => code.Set(condition, a));
            }

            Assert.Equal($"j{name} 16", EmittedText.Of(code => code.Jump(condition, 16))[0]);
        }
    }

    [Fact]
    public void Guest_memory()
    {
        var loads = new (GuestAccess Access, string Name, int Bits, string Size)[]
        {
            (GuestAccess.LoadSigned8, "movsx", 64, "byte"), (GuestAccess.LoadSigned16, "movsx", 64, "word"),
            (GuestAccess.LoadSigned32, "movsxd", 64, "dword"), (GuestAccess.Load64, "mov", 64, "qword"),
            (GuestAccess.LoadUnsigned8, "movzx", 32, "byte"), (GuestAccess.LoadUnsigned16, "movzx", 32, "word"),
            (GuestAccess.LoadUnsigned32, "mov", 32, "dword"),
        };
        ForPairs((a, b) =>
        {
            foreach (var displacement in Displacements)
            {
                var address = $"gs:[{Address(b, 32, displacement)}]";
                foreach (var (access, name, bits, size) in loads)
                {
                    Check($"{name} {a.Name(bits)},{size} ptr {address}", code => code.AccessGuest(access, a, b, displacement));
                }

                foreach (var (access, bits, size) in Widths)
                {
                    Check($"mov {size} ptr {address},{a.Name(bits)}", code => code.AccessGuest(access, a, b, displacement));
                    Check($"mov {size} ptr {address},0", code => code.StoreGuestZero(access, b, displacement));
                }
            }
        });
    }

    [Fact]
    public void Host_memory()
    {
        ForPairs((a, b) =>
        {
            foreach (var displacement in Displacements)
            {
                var address = $"[{Address(b, 64, displacement)}]";
                Check($"mov {a.Name(64)},qword ptr {address}", code => code.LoadHost(a, b, displacement));
                Check($"mov qword ptr {address},{a.Name(64)}", code => code.StoreHost(a, b, displacement));
                Check($"mov dword ptr {address},{a.Name(32)}", code => code.StoreHost32(a, b, displacement));
                Check($"cmp dword ptr {address},0", code => code.CompareHost32(b, displacement, 0));
            }

            if (b != Rsp)
            {
                Check($"movsxd {a.Name(64)},dword ptr [{a.Name(64)}+{b.Name(64)}*4]", code => code.LoadTableEntry32(a, a, b));
                Check($"jmp qword ptr [{a.Name(64)}+{b.Name(64)}*8]", code => code.JumpThroughTable(a, b));
            }
        });
        foreach (var a in All)
        {
            Check($"wrgsbase {a.Name(64)}", code => code.WriteGsBase(a));
            Check($"rdgsbase {a.Name(64)}", code => code.ReadGsBase(a));
            Check($"jmp {a.Name(64)}", code => code.JumpTo(a));
            Check($"lea {a.Name(64)},[rip+93]", code => code.Link(code.LoadAddressOfLabel(a), 100));
        }
    }

    [Fact]
    public void Jumps_land_where_they_are_linked()
    {
        var text = EmittedText.Of(code =>
        {
            var forward = code.Jump();
            var branch = code.JumpShort(Condition.Equal);
            var over = code.JumpShort();
            code.LinkShort(branch);
            code.Return();
            code.LinkShort(over);
            code.Link(forward, code.Position);
            code.Jump(Condition.Less, 5);
        });
        Assert.Equal(["jmp 10", "je short 9", "jmp short 10", "ret", "jl 5"], text);
    }

    [Fact]
    public void The_buffer_grows_and_keeps_what_was_written()
    {
        using var code = new Assembler(1);
        for (var i = 0; i < 10_000; i++)
        {
            BitConverter.TryWriteBytes(code.Reserve(8), (ulong)i);
        }

        Assert.Equal(80_000, code.Position);
        Assert.Equal(9_999, code.Written[^8] | (code.Written[^7] << 8));
    }

    [Fact]
    public void More_than_the_arena_holds_is_refused()
    {
        using var code = new Assembler(64);
        code.Return();

        Assert.Throws<InsufficientMemoryException>(() => code.EnsureRoom(1L << 31));
        Assert.Throws<InsufficientMemoryException>(() => code.Reserve((1L << 32) + 8).Length);
        Assert.Equal([0xC3], code.Written.ToArray());
    }

    /// <summary>The buffer doubles only as far as it may: what is more than half of that is no reason to refuse.</summary>
    [Fact]
    public void The_largest_buffer_can_be_filled()
    {
        using var code = new Assembler(64);

        code.EnsureRoom(0x5FFF_0000);

        Assert.InRange(code.Capacity, 0x5FFF_0000, 0x6000_0000);
    }

    [Fact]
    public void A_short_jump_goes_no_further_than_it_can()
    {
        using var code = new Assembler(256);
        var jump = code.JumpShort();
        _ = code.Reserve(127);
        code.LinkShort(jump);
        _ = code.Reserve(1);

        Assert.Throws<OverflowException>(() => code.LinkShort(jump));
    }

    private static (GuestAccess Access, int Bits, string Size)[] Widths =>
    [
        (GuestAccess.StoreByte, 8, "byte"), (GuestAccess.StoreHalf, 16, "word"), (GuestAccess.StoreWord, 32, "dword"), (GuestAccess.StoreDouble, 64, "qword"),
    ];

    private static string Address(Register register, int bits, int displacement) => displacement switch
    {
        0 => register.Name(bits),
        > 0 => $"{register.Name(bits)}+{displacement}",
        _ => $"{register.Name(bits)}-{Math.Abs((long)displacement)}",
    };

    private static void ForTriples(Action<Register, Register, Register> check) =>
        ForPairs((a, b) =>
        {
            foreach (var c in All)
            {
                check(a, b, c);
            }
        });

    private static void ForPairs(Action<Register, Register> check)
    {
        foreach (var a in All)
        {
            foreach (var b in All)
            {
                check(a, b);
            }
        }
    }

    private static void Check(string expected, Action<Assembler> emit) => Check([expected], emit);

    private static void Check(IEnumerable<string> expected, Action<Assembler> emit) => Assert.Equal(expected, EmittedText.Of(emit));
}
