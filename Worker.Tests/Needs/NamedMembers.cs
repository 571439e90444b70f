using System.Reflection;
using System.Reflection.Emit;

namespace OpenAIWorker.Tests.Needs;

/// <summary>The members that a method's code names: those that it calls, creates and passes on.</summary>
static class NamedMembers
{
    static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    public static IEnumerable<(OpCode Code, MethodBase Method)> Of(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < code.Length;)
        {
            var operation = Codes[code[at] == 0xFE ? unchecked((short)(0xFE00 | code[at + 1])) : code[at]];
            at += operation.Size;
            if (operation.OperandType == OperandType.InlineMethod)
                yield return (operation, Resolve(method, BitConverter.ToInt32(code, at)));
            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    static MethodBase Resolve(MethodBase from, int token) => from.Module.ResolveMethod(token,
        from.DeclaringType?.GetGenericArguments(), from.IsGenericMethod ? from.GetGenericArguments() : null)!;
}
