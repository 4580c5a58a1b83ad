using System.Buffers.Binary;
using System.Globalization;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.TestKit;
using Xunit;

namespace Pvm2.Runtime.Tests.Isa;

/// <summary>Runs <c>tests/vectors/illegal.txt</c> through the decoder, the explanation and the validator.</summary>
public sealed class IllegalEncodingTests
{
    private static readonly IReadOnlyDictionary<string, Vector> Vectors = ReadVectors();

    public static TheoryData<string> Places => new(Vectors.Keys);

    [Theory]
    [MemberData(nameof(Places))]
    public void An_encoding_is_legal_or_illegal_for_its_reason(string place)
    {
        var vector = Vectors[place];
        foreach (var (profile, expected) in new[] { (Profile.Static, vector.Static), (Profile.Xjar, vector.Xjar) })
        {
            var instruction = Decoder.Decode(vector.Code, 0, profile);
            Assert.Equal(expected, IllegalEncoding.Explain(vector.Code, 0, profile));
            Assert.Equal(expected != IllegalReason.None, instruction.IsIllegal);
            Assert.Equal(vector.Code.Length, instruction.Length);
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void A_program_with_it_is_rejected_in_static_and_loads_in_xjar(string place)
    {
        var vector = Vectors[place];
        Assert.True(ProgramValidator.TryValidate(Program(vector.Code, Profile.Xjar), out var error), error?.ToString());

        // A c.nop before it shows that the offset is that of the encoding.
        var program = Program([0x01, 0x00, .. vector.Code], Profile.Static);
        if (vector.Static == IllegalReason.None)
        {
            return;
        }

        Assert.False(ProgramValidator.TryValidate(program, out error));
        Assert.Equal(ProgramSection.Code, error.Section);
        Assert.Equal(2, error.Offset);
        Assert.Equal(vector.Code, error.Bytes.ToArray());
        Assert.EndsWith(IllegalEncoding.Describe(vector.Static, Profile.Static), error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_reason_has_an_example_and_words_of_its_own()
    {
        var reasons = Enum.GetValues<IllegalReason>();
        Assert.Equal(reasons.ToHashSet(), Vectors.Values.SelectMany(v => new[] { v.Static, v.Xjar }).ToHashSet());
        foreach (var profile in Enum.GetValues<Profile>())
        {
            Assert.Equal(reasons.Length, reasons.Select(r => IllegalEncoding.Describe(r, profile)).Distinct().Count());
        }
    }

    [Fact]
    public void The_explanation_and_the_decoder_agree_on_every_halfword()
    {
        var code = new byte[2];
        for (var value = 0; value <= ushort.MaxValue; value++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(code, (ushort)value);
            foreach (var profile in Enum.GetValues<Profile>())
            {
                var reason = IllegalEncoding.Explain(code, 0, profile);
                Assert.Equal(Decoder.Decode(code, 0, profile).IsIllegal, reason != IllegalReason.None);
                Assert.Equal((value & 3) == 3, reason == IllegalReason.Truncated);
            }
        }
    }

    private static GuestProgram Program(byte[] code, Profile profile) =>
        new() { Profile = profile, Code = code, EntryPoints = [new("a", 0)] };

    private static Dictionary<string, Vector> ReadVectors()
    {
        const string File = "tests/vectors/illegal.txt";
        var vectors = new Dictionary<string, Vector>();
        var number = 0;
        foreach (var line in System.IO.File.ReadLines(Repository.PathOf(File)))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var parts = line.Split('|', StringSplitOptions.TrimEntries);
            vectors.Add($"{File}:{number} {parts[3]}", new Vector(ParseCode(parts[0]), ParseReason(parts[1]), ParseReason(parts[2])));
        }

        return vectors;
    }

    private static byte[] ParseCode(string encoding)
    {
        var code = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(code, uint.Parse(encoding, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        return code[..(encoding.Length / 2)];
    }

    private static IllegalReason ParseReason(string text) =>
        text == "legal" ? IllegalReason.None : Enum.Parse<IllegalReason>(text);

    private sealed record Vector(byte[] Code, IllegalReason Static, IllegalReason Xjar);
}
